FROM node:24-slim
WORKDIR /app
RUN mkdir /data && chown node:node /app /data
USER node
COPY --chown=node:node . .
RUN node tools/ensure.mjs --web
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data TRUSTED_PROXIES=loopback,uniquelocal
VOLUME /data
EXPOSE 3000
CMD ["node", "tools/ensure.mjs", "--web", "server/src/main.ts"]
