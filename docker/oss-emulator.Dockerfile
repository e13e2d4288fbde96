# The emulated OSS. From the repository root:
#   docker build -f docker/oss-emulator.Dockerfile -t oss-callback/oss-emulator:0.1.0 .
#   docker run --rm -p 127.0.0.1:9280:9280 -e OSS_EMULATOR_ACCESS_KEY_ID=… -e OSS_EMULATOR_ACCESS_KEY_SECRET=… \
#     oss-callback/oss-emulator:0.1.0
# It listens on all of the container's addresses, so it wants an AccessKey pair of yours; objects live in /data.
# To build the same image again, pin the base by digest: --build-arg NODE_IMAGE=node:24-slim@sha256:…
ARG NODE_IMAGE=node:24-slim

# Only manifests: the two installs below are rebuilt when a dependency changes, not when a source does.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/oss-signing/package.json packages/oss-signing/
COPY packages/oss-callback/package.json packages/oss-callback/
COPY apps/oss-emulator/package.json apps/oss-emulator/

FROM manifests AS production
RUN npm ci --omit=dev --ignore-scripts --no-update-notifier --loglevel=error --workspace=apps/oss-emulator

FROM manifests AS build
RUN npm ci --include-workspace-root --ignore-scripts --no-update-notifier --loglevel=error --workspace=apps/oss-emulator
COPY tsconfig.base.json ./
COPY packages/oss-signing packages/oss-signing
COPY packages/oss-callback packages/oss-callback
COPY apps/oss-emulator apps/oss-emulator
RUN for workspace in packages/oss-signing packages/oss-callback apps/oss-emulator; do \
      node_modules/.bin/tsc -p $workspace/tsconfig.build.json || exit 1; \
    done

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="OSS emulator" \
      org.opencontainers.image.description="The emulated Alibaba Cloud OSS, with upload callbacks signed as OSS signs them." \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/packages/oss-signing/dist packages/oss-signing/dist
COPY --from=build /app/packages/oss-callback/dist packages/oss-callback/dist
COPY --from=build /app/apps/oss-emulator/bin apps/oss-emulator/bin
COPY --from=build /app/apps/oss-emulator/dist apps/oss-emulator/dist
# Nothing but /data is written: the image runs with a read-only root.
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production \
    OSS_EMULATOR_HOST=0.0.0.0 \
    OSS_EMULATOR_PORT=9280 \
    OSS_EMULATOR_DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 9280
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OSS_EMULATOR_PORT}/__emulator/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "apps/oss-emulator/bin/oss-emulator.js"]
