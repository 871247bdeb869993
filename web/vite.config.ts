import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.SIGNALBOX_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', chunkSizeWarningLimit: 400 },
  server: {
    proxy: Object.fromEntries(['/api', '/t', '/f', '/w', '/rest', '/healthz'].map((path) => [`^${path}/`, server])),
  },
});
