# Stand-in for the official nginx image where no container registry answers: Debian's nginx, with the official image's user.
FROM debian:stable-slim
RUN groupadd --system --gid 101 nginx && useradd --system --uid 101 --gid nginx --no-create-home nginx \
 && apt-get update && apt-get install --yes --no-install-recommends nginx-light gettext-base \
 && rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
