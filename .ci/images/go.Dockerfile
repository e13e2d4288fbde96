# The host's own Go on Debian: what the official golang image is to docker/minio.Dockerfile.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}
COPY . /usr/local/go
ARG GOPROXY
ARG GOSUMDB
ENV PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    GOPROXY=${GOPROXY} \
    GOSUMDB=${GOSUMDB}
