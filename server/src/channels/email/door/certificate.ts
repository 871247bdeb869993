import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../../platform/config/config.ts';
import { readOrMake } from '../../../platform/config/secrets.ts';
import type { CertificateFiles } from './renewed-certificate.ts';
import { makeSelfSigned } from './self-signed.ts';

export interface DoorTls {
  readonly cert: string;
  readonly key: string;
  /** Nobody has vouched for the name in it. */
  readonly isSelfSigned: boolean;
  /** Where it stands; read again when they change. */
  readonly files?: CertificateFiles;
}

/** The certificate of SMTP_TLS_CERT and SMTP_TLS_KEY, else one of our own, made at the first start. Throws what reading the files throws. */
export function loadDoorTls({ smtpTls, dataDir }: Pick<Config, 'smtpTls' | 'dataDir'>, now: Date): DoorTls {
  if (smtpTls !== undefined)
    return {
      ...{ cert: fs.readFileSync(smtpTls.cert, 'utf8'), key: fs.readFileSync(smtpTls.key, 'utf8') },
      isSelfSigned: false,
      files: smtpTls,
    };
  const both = readOrMake(path.join(dataDir, 'smtp-certificate.pem'), () => {
    const { cert, key } = makeSelfSigned(os.hostname(), now);
    return `${cert}${key}`.trim();
  });
  return { cert: both, key: both, isSelfSigned: true };
}
