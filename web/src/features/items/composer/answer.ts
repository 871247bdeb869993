/** An e-mail that is being answered. */
export interface EmailReply {
  readonly tab: 'email';
  /** Another one begins the form anew. */
  readonly key: string;
  readonly email: number;
  readonly to: string[];
  /** Whom the letter asks to answer, though nobody knows whether its sender wrote it. */
  readonly elsewhere: { readonly address: string; readonly sender: string } | null;
  readonly subject: string;
}

/** What a timeline entry asks the composer to write: the tab that writes it, and what that begins with. */
export type Answer = EmailReply;
