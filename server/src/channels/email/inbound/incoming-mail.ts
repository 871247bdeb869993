import type { Context } from '../../../platform/context.ts';
import { loadDoorTls } from '../door/certificate.ts';
import { usualLimits } from '../door/door.ts';
import { startSmtpListener } from './smtp-listener.ts';

/** The built-in SMTP listener (interfaces.md, SMTP_LISTEN). A taken port, or a certificate that cannot be read, costs incoming mail, not the rest. */
export async function startIncomingMail(context: Context): Promise<{ stop(): Promise<void> }> {
  const { log, config } = context;
  if (config.smtpListen === undefined) return { stop: async () => {} };
  const { host, port } = config.smtpListen;
  const rates = { connectionsAMinute: config.smtpRate, messagesAMinute: config.smtpRate };
  const limits = { ...usualLimits, ...rates, ofOne: config.smtpConnections };
  try {
    const tls = loadDoorTls(config, context.clock.now());
    const listener = await startSmtpListener(context, { host, port, limits, tls });
    return { stop: () => listener.close() };
  } catch (error) {
    log.warn(
      { err: error },
      `incoming mail is off: ${host}:${port} can't be listened on; choose another by SMTP_LISTEN`,
    );
    return { stop: async () => {} };
  }
}
