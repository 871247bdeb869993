import type { Context } from '../../../platform/context.ts';
import { startSmtpListener } from './smtp-listener.ts';

/** The built-in SMTP listener (interfaces.md, SMTP_LISTEN). A taken port costs incoming mail, not the rest. */
export async function startIncomingMail(context: Context): Promise<{ stop(): Promise<void> }> {
  const { log, config } = context;
  if (config.smtpListen === undefined) return { stop: async () => {} };
  const { host, port } = config.smtpListen;
  try {
    const listener = await startSmtpListener(context, { host, port });
    return { stop: () => listener.close() };
  } catch (error) {
    log.warn(
      { err: error },
      `incoming mail is off: ${host}:${port} can't be listened on; choose another by SMTP_LISTEN`,
    );
    return { stop: async () => {} };
  }
}
