# The site in a container: docker build -t avhoppare . && docker run -p 8000:8000 -v avhoppare:/app/data avhoppare
# Every RUN step but the one of the system's packages also works outside one, in a copy of the clone (tests/test_dockerfile.py).

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY . .
RUN python3 -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r .ci/requirements.lock
# The secret key of this step signs nothing; each site makes its own at its first start.
RUN mkdir -p data backups && SECRET_KEY=none DATA_DIR=data STATIC_ROOT=collected .venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm
# What WeasyPrint sets the handbooks with.
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app /app
# What the site writes: its data, backups, and static files when a newer program brings newer ones.
COPY --from=build --chown=10001:10001 /app/data /app/data
COPY --from=build --chown=10001:10001 /app/backups /app/backups
COPY --from=build --chown=10001:10001 /app/collected /app/collected
USER 10001:10001
ENV DATA_DIR=/app/data STATIC_ROOT=/app/collected PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
VOLUME /app/data
EXPOSE 8000
# The header: behind https the site sends plain requests away.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s CMD [".venv/bin/python", "-c", "from urllib.request import Request, urlopen; urlopen(Request('http://127.0.0.1:8000/halsa/', headers={'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD [".venv/bin/python", "manage.py", "up", "--bind", "0.0.0.0:8000"]
