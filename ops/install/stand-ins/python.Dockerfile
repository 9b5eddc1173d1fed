# Stand-in for the official Python image where no container registry answers: Debian's Python in a virtual environment.
FROM debian:stable-slim
RUN apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv \
 && rm -rf /var/lib/apt/lists/* && python3 -m venv /opt/python
ENV PATH=/opt/python/bin:$PATH PIP_CERT=/etc/ssl/certs/ca-certificates.crt PIP_NO_CACHE_DIR=1
CMD ["python3"]
