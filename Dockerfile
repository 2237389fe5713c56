# One image for web, worker, beat and migrations: docker-compose.yml says which is which.

FROM node:22-slim AS node
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Only what the pages use: no test tools, no PostgreSQL.
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM python:3.12-slim
# WeasyPrint's libraries, and the fonts that it draws every language with.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-noto-core libfontconfig1 libglib2.0-0 libharfbuzz-subset0 libharfbuzz0b libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 app \
    && install --directory --owner app /anchors
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/base.txt
COPY --from=node /app/node_modules node_modules
COPY . .
ENV DJANGO_SETTINGS_MODULE=barnensbasta.settings.production \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
# Collecting files asks for the settings and uses none of these values.
RUN python -m barnensbasta.translations compile \
    && SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgres://build@build/build \
        REDIS_URL=redis://build EMAIL_HOST=build DEFAULT_FROM_EMAIL=build@build.example \
        SERVICE_URL=https://build.example/ AUDIT_ANCHORS=/tmp/anchors \
        python manage.py collectstatic --noinput --verbosity 0
USER app
EXPOSE 8000
CMD ["python", "-m", "barnensbasta.start", "web"]
