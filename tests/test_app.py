import subprocess
import sys


def test_the_server_never_imports_torch_or_captum() -> None:
    code = "import sys, app; print({'torch', 'captum', 'sklearn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("set()")
