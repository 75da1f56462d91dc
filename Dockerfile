# The production image: Node 24 runs the TypeScript files as they are, so there is nothing to build.
FROM node:24-bookworm-slim
ENV NODE_ENV=production IMI_MODE=production HOST=0.0.0.0 PORT=3000 VAR_DIR=/var/lib/imi
WORKDIR /srv/imi
COPY package.json package-lock.json ./
# The packaged PostgreSQL and the packaged Node are for machines that have neither; the image needs only what runs.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY src ./src
COPY views ./views
COPY locales ./locales
COPY public ./public
COPY migrations ./migrations
COPY seeds ./seeds
RUN mkdir -p /var/lib/imi && chown node /var/lib/imi
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD node -e "fetch('http://127.0.0.1:3000/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
# Not through npm: SIGTERM must reach node.
CMD ["node", "src/main.ts"]
