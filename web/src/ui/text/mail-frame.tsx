import { useRef } from 'react';
import styles from './mail-frame.module.css';

interface MailFrameProps {
  html: string;
  title: string;
  images: boolean;
}

const marginPx = 12;

/** A stranger's HTML (sanitised by the server): no scripts, no forms, no requests but asked-for images. */
export function MailFrame({ html, title, images }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const fit = () => {
    const page = frame.current?.contentDocument?.body;
    if (frame.current && page) frame.current.style.height = `${Math.min(page.offsetHeight + 2 * marginPx, 1200)}px`;
  };
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={pageOf(html, images)}
      onLoad={fit}
    />
  );
}

function pageOf(html: string, images: boolean): string {
  const sources = images ? 'data: https: http:' : 'data:';
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${sources}`;
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<base target="_blank"><style>body{margin:${marginPx}px;font:14px/1.5 system-ui,sans-serif;color:#1f2630;overflow-wrap:anywhere}img{max-width:100%}p:last-child{margin-bottom:0}p:first-child{margin-top:0}</style>${html}`;
}
