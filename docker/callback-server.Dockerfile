# The application server that OSS calls. From the repository root:
#   docker build -f docker/callback-server.Dockerfile -t oss-callback/callback-server:0.1.0 .
# Its settings are environment variables: `docker run --rm oss-callback/callback-server:0.1.0 --help` lists them.
# Without DATABASE_URL it keeps an embedded database in /data.
# To build the same image again, pin the base by digest: --build-arg NODE_IMAGE=node:24-slim@sha256:…
ARG NODE_IMAGE=node:24-slim

# Only manifests: the two installs below are rebuilt when a dependency changes, not when a source does.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/oss-signing/package.json packages/oss-signing/
COPY packages/oss-callback/package.json packages/oss-callback/
COPY packages/nestjs-oss-callback/package.json packages/nestjs-oss-callback/
COPY apps/callback-server/package.json apps/callback-server/

FROM manifests AS production
RUN npm ci --omit=dev --ignore-scripts --no-update-notifier --loglevel=error --workspace=apps/callback-server

FROM manifests AS build
RUN npm ci --include-workspace-root --ignore-scripts --no-update-notifier --loglevel=error --workspace=apps/callback-server --workspace=packages/nestjs-oss-callback
COPY tsconfig.base.json ./
COPY packages/oss-signing packages/oss-signing
COPY packages/oss-callback packages/oss-callback
COPY packages/nestjs-oss-callback packages/nestjs-oss-callback
COPY apps/callback-server apps/callback-server
RUN for workspace in packages/oss-signing packages/oss-callback packages/nestjs-oss-callback apps/callback-server; do \
      node_modules/.bin/tsc -p $workspace/tsconfig.build.json || exit 1; \
    done

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="OSS callback server" \
      org.opencontainers.image.description="Grants uploads to Alibaba Cloud OSS and receives their callbacks." \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/packages/oss-signing/dist packages/oss-signing/dist
COPY --from=build /app/packages/oss-callback/dist packages/oss-callback/dist
COPY --from=build /app/packages/nestjs-oss-callback/dist packages/nestjs-oss-callback/dist
COPY --from=build /app/apps/callback-server/bin apps/callback-server/bin
COPY --from=build /app/apps/callback-server/dist apps/callback-server/dist
COPY --from=build /app/apps/callback-server/drizzle apps/callback-server/drizzle
# Nothing but /data is written: the image runs with a read-only root.
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3280 \
    DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3280
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "apps/callback-server/bin/oss-callback-server.js"]
