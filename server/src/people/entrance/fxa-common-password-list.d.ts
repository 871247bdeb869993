declare module 'fxa-common-password-list' {
  /** Whether the password, as it is, stands in the list of leaked ones. */
  export function test(password: string): boolean;
}
