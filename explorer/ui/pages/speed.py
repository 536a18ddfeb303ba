"""Speed: FLOPs are not time, on this machine."""

from explorer.questions.speed.view import show

show()
