/** An e-mail that is being answered. */
export interface EmailReply {
  readonly tab: 'email';
  /** Another one begins the form anew. */
  readonly key: string;
  readonly email: number;
  readonly to: string[];
  readonly subject: string;
}

/** What a timeline entry asks the composer to write: the tab that writes it, and what that begins with. */
export type Answer = EmailReply;
