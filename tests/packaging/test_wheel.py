"""The source archive builds the wheel, and the wheel works on its own, away from the repository.

Nothing is fetched: the build backend is the locked one, and the wheel's dependencies are those of the environment
that runs the tests.
"""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("anonymous-bank", "small-desk")
LARGEST_SAMPLE_FILE = 300_000  # bytes in the wheel
# Data that the package cannot work without; found in the repository and expected in the wheel.
DATA = {
    "labour rules": "labour/packs/*.toml",
    "translations": "locale/*/LC_MESSAGES/*.po",
    "report templates": "report/html/templates/*",
    "dashboard": "ui/**/*",
    "type marker": "py.typed",
}


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that must succeed, started without this repository on the import path."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}
    }
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{command} ended with status {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the source archive, and the wheel that was built from it rather than from the work tree."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (built,) = dist.glob("staffing-*.whl")
    return built


@pytest.fixture(scope="module")
def wheel_names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Interpreter of a new environment with the wheel in it and this environment's packages behind it.

    A path line in a .pth file does not read the .pth files of the folder it names, so the editable install of the
    repository stays out of sight.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    scheme = {"base": str(home), "platbase": str(home)}
    site_packages = Path(sysconfig.get_path("purelib", "venv", vars=scheme))
    (site_packages / "behind.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = Path(sysconfig.get_path("scripts", "venv", vars=scheme)) / "python"
    run(
        *(
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--disable-pip-version-check",
            "--quiet",
        ),
        *("--no-deps", "--no-index", wheel),
        cwd=home,
    )
    return python


def package_files(pattern: str) -> set[str]:
    found = {path for path in (ROOT / "staffing").glob(pattern) if path.is_file()}
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.mark.parametrize("what", DATA)
def test_wheel_carries_the_data_of_the_package(what: str, wheel_names: set[str]) -> None:
    expected = package_files(DATA[what])
    assert expected, f"the repository has no staffing/{DATA[what]}"
    assert expected <= wheel_names


@pytest.mark.parametrize("sample", [*SAMPLES, "catalogue"])
def test_wheel_carries_the_samples_under_the_package(sample: str, wheel_names: set[str]) -> None:
    files = [path for path in (ROOT / "data" / sample).rglob("*") if path.is_file()]
    small = {path for path in files if path.stat().st_size <= LARGEST_SAMPLE_FILE}
    expected = {f"staffing/samples/{path.relative_to(ROOT / 'data').as_posix()}" for path in small}
    assert f"staffing/samples/{sample}/{'tariffs' if sample == 'catalogue' else 'plan'}.toml" in expected
    assert {name for name in wheel_names if name.startswith(f"staffing/samples/{sample}/")} == expected


def test_wheel_holds_the_whole_package_and_nothing_beside_it(wheel_names: set[str]) -> None:
    """Every file of the package is there; what else there is are the samples and the metadata."""
    others = wheel_names - package_files("**/*")
    assert len(wheel_names) - len(others) == len(package_files("**/*"))
    places = ("staffing/samples/", "staffing-")
    assert [name for name in others if not name.startswith(places)] == []


def test_source_archive_holds_what_a_developer_needs(dist: Path) -> None:
    (archive,) = dist.glob("staffing-*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {
        "Makefile",
        "requirements.lock",
        "scripts/bootstrap.py",
        ".ci/run",
        "LICENSE",
        "README.md",
    } <= names
    assert "tests/packaging/test_wheel.py" in names


def test_installed_package_runs_outside_the_repository(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import staffing; print(staffing.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parents[1])
    by_module = run(python, "-m", "staffing", "--help", cwd=tmp_path)
    by_name = run(python.with_name("staffing"), "--help", cwd=tmp_path)
    for command in ("plan", "forecast", "require", "roster", "compare", "check", "serve", "sample"):
        assert command in by_module
        assert command in by_name


@pytest.mark.parametrize("sample", SAMPLES)
def test_installed_package_hands_out_its_samples(python: Path, sample: str, tmp_path: Path) -> None:
    run(python, "-m", "staffing", "sample", sample, "--to", tmp_path / "desk", cwd=tmp_path)
    run(
        python,
        "-m",
        "staffing",
        "require",
        tmp_path / "desk" / "plan.toml",
        "--out",
        tmp_path / "out",
        cwd=tmp_path,
    )
    assert (tmp_path / "out" / "requirements.csv").is_file()


DRAW_DASHBOARD = """
import sys
from importlib import resources
from streamlit.testing.v1 import AppTest

page = AppTest.from_file(str(resources.files("staffing.ui") / "script" / "dashboard.py"), default_timeout=180).run()
print(*[error.value for error in page.exception], sep="\\n")
print("drawn:", len(page.main) > 0)
"""


def test_installed_package_plans_a_desk_and_draws_its_dashboard(python: Path, tmp_path: Path) -> None:
    """Rules, tariffs, translations and pages are found in the wheel: the whole path runs without the repository."""
    run(python, "-m", "staffing", "sample", "small-desk", "--to", tmp_path / "desk", cwd=tmp_path)
    out = tmp_path / "out" / "desk"
    run(
        python,
        "-m",
        "staffing",
        "plan",
        tmp_path / "desk" / "plan.toml",
        "--out",
        out,
        "--seconds",
        "3",
        cwd=tmp_path,
    )
    assert (out / "costs.csv").is_file()
    # The dashboard shows the plans under ./out.
    assert run(python, "-c", DRAW_DASHBOARD, cwd=tmp_path).split() == ["drawn:", "True"]
