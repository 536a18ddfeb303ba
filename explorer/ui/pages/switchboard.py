"""Switch-board: normalisation and initialisation against depth, before any training."""

from explorer.questions.switchboard.view import show

show()
