/** How a mailbox finds out who wrote a letter: by the rule of docs/email.md, or always by one header. */
export const whoWrites = ['rule', 'from', 'replyTo'] as const;
