"""`python -m staffing`: the same commands as the `staffing` script."""

from staffing.cli import main

if __name__ == "__main__":
    main()
