"""Gunicorn of both runs: threads wait for the database while another one works."""

from pathlib import Path

from network_portal import environment as env
from network_portal.launcher.place import Address

bind = Address.from_environment().bind
worker_class = "gthread"
workers = env.number("WEB_WORKERS", 2, least=1, most=64)
threads = env.number("WEB_THREADS", 4, least=1, most=64)
timeout = 60
graceful_timeout = 3
keepalive = 5
# A bad setting ends the master with its sentence instead of respawning workers for ever.
preload_app = True
loglevel = "warning"
control_socket_disable = True
# The file by which workers show that they live must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
