import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.SIGNALBOX_SERVER ?? 'http://127.0.0.1:3000';

// Every page needs these; apart from our own code they stay cached from release to release. What only some pages need
// (the rich text editor, the automation's settings) is left to be split by page.
const everywhere = /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|zod|clsx)[\\/]/;
const shell =
  /node_modules[\\/](@mantine[\\/](core|hooks|store|notifications)|@floating-ui|lucide-react|react-remove-scroll|react-transition-group)/;

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: everywhere, priority: 2 },
            { name: 'look', test: shell, priority: 1, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/t', '/f', '/w', '/rest', '/healthz'].map((path) => [`^${path}/`, server])),
  },
});
