# MinIO from its Go module, for the container suite and compose.s3.yaml where its published image is not to be had:
# the community images ended in October 2025, the repository is archived, and this is its last commit.
#   docker build -f docker/minio.Dockerfile -t minio docker
# MinIO is AGPL-3.0; it runs beside the emulator as a program of its own and is part of no image of this repository.
# To build the same bytes again, pin both bases by digest: --build-arg GO_IMAGE=golang:1.26-bookworm@sha256:…
ARG GO_IMAGE=golang:1.26-bookworm
ARG DEBIAN_IMAGE=debian:bookworm-slim

FROM ${GO_IMAGE} AS build
ARG MINIO_VERSION=v0.0.0-20260212201848-7aac2a2c5b7c
RUN CGO_ENABLED=0 GOBIN=/out go install -trimpath -ldflags '-s -w' github.com/minio/minio@${MINIO_VERSION}

FROM ${DEBIAN_IMAGE}
LABEL org.opencontainers.image.title="MinIO" \
      org.opencontainers.image.licenses="AGPL-3.0-only"
COPY --from=build /out/minio /usr/bin/minio
RUN useradd --uid 1000 minio && mkdir /data && chown minio /data
USER minio
VOLUME /data
EXPOSE 9000 9001
ENTRYPOINT ["minio"]
CMD ["server", "/data", "--console-address", ":9001"]
