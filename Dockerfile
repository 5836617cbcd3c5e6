# Образ для сайта, обработчиков и расписания: команда выбирает роль (docker-compose.yml).
FROM python:3.12-slim-bookworm AS packages
COPY requirements/s3.txt /tmp/s3.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/s3.txt

FROM python:3.12-slim-bookworm
# Pango и HarfBuzz рисуют PDF; больше из дистрибутива ничего не нужно.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /data
COPY --from=packages /venv /venv
WORKDIR /portal
COPY . .
RUN python -m compileall -q .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PORTAL_DATA=/data \
    HOST=0.0.0.0 \
    PORT=8000
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-m", "network_portal.launcher", "probe", "/healthz"]
CMD ["gunicorn", "-c", "python:network_portal.launcher.gunicorn_conf", "network_portal.wsgi"]
