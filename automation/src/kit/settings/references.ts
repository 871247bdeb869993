/** What settings may choose from besides channels; each has one source in the server, in the part that keeps it. */
export const thingKinds = ['form', 'callback-form', 'document-template', 'resource', 'qr-rule'] as const;
export type ThingKind = (typeof thingKinds)[number];
