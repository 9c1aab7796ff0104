"""Says where the portal will answer and who may log in for a trial."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main():
    print(f"\nThe portal answers at {os.environ['PORTAL_URL']}/ and staff log in at {os.environ['PORTAL_URL']}/admin/")
    print("Ctrl-C ends it.\n", flush=True)


if __name__ == "__main__":
    main()
