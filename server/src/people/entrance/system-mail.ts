/** What the house itself writes to somebody: by SMTP_URL, else into the sandbox of their workspace. */
export interface SystemMail {
  /** There is a way to send it. */
  readonly works: boolean;
  /** It stays in the sandbox, where administrators of the workspace read it. */
  readonly staysHere: boolean;
  /** Tries a few times, then throws. It is kept in no list of mail: it may hold a link that opens an account. */
  send(letter: SystemLetter): Promise<void>;
}

export interface SystemLetter {
  readonly workspaceId: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
