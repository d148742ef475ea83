"""Makes a wheel of the package, which is nothing but Python: a PEP 517 backend that needs nothing itself."""

import base64
import hashlib
import os
import re
import tarfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "src", "sfsf_connector")


def _version():
    with open(os.path.join(SOURCE, "__init__.py"), encoding="utf-8") as file:
        return re.search(r'^__version__ = "(.+)"$', file.read(), re.MULTILINE).group(1)


def _name():
    return "sfsf_connector-" + _version()


def _metadata():
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as file:
        readme = file.read()
    lines = [
        "Metadata-Version: 2.1",
        "Name: sfsf-connector",
        "Version: " + _version(),
        "Summary: The SAP SuccessFactors connector for identity products, over its C library",
        "License: MIT OR Apache-2.0",
        "Requires-Python: >=3.9",
        "Classifier: Typing :: Typed",
        "Description-Content-Type: text/markdown",
    ]
    return ("\n".join(lines) + "\n\n" + readme).encode()


def _files():
    """The files of the package. A library that lies beside the modules is taken along."""
    for name in sorted(os.listdir(SOURCE)):
        path = os.path.join(SOURCE, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                yield "sfsf_connector/" + name, file.read()


def _papers(info):
    """Licenses and bills of material that lie in `papers`, where PEP 639 and PEP 770 want them."""
    papers = os.path.join(HERE, "papers")
    for name in sorted(os.listdir(papers)) if os.path.isdir(papers) else []:
        with open(os.path.join(papers, name), "rb") as file:
            yield info + ("sboms/" if name.endswith(".cdx.json") else "licenses/") + name, file.read()


def _tag():
    """Any Python on any platform, unless a library is inside."""
    if any(not name.endswith((".py", "py.typed")) for name, _ in _files()):
        import sysconfig

        return "py3-none-" + re.sub(r"[^A-Za-z0-9]", "_", sysconfig.get_platform())
    return "py3-none-any"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    info = _name() + ".dist-info/"
    wheel = "Wheel-Version: 1.0\nGenerator: sfsf-connector\nRoot-Is-Purelib: true\nTag: " + _tag() + "\n"
    files = [*_files(), *_papers(info), (info + "METADATA", _metadata()), (info + "WHEEL", wheel.encode())]
    record = []
    for name, content in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record.append(f"{name},sha256={digest},{len(content)}")
    record.append(info + "RECORD,,")
    files.append((info + "RECORD", ("\n".join(record) + "\n").encode()))
    made = _name() + "-" + _tag() + ".whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, made), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made


def build_sdist(sdist_directory, config_settings=None):
    made = _name() + ".tar.gz"
    with tarfile.open(os.path.join(sdist_directory, made), "w:gz") as archive:
        for name in ["pyproject.toml", "build_wheel.py", "README.md", "src"]:
            archive.add(os.path.join(HERE, name), _name() + "/" + name, filter=_no_caches)
    return made


def _no_caches(entry):
    return None if "__pycache__" in entry.name else entry
