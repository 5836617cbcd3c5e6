"""One reader of the environment; a bad value is refused with the setting's name."""

from pathlib import Path

from environs import Env

env = Env(expand_vars=False)
env.read_env(str(Path(__file__).resolve().parent.parent / ".env"), recurse=False)
