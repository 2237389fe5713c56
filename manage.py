#!/usr/bin/env python
"""Django's commands. Without DJANGO_SETTINGS_MODULE: those of the demo."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnensbasta.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
