// Between the window in which somebody signs in elsewhere and the screen that asked for it; only pages of ours hear it.
const NAME = 'signalbox.confirmed';

/** Opens the sign-in of the issuer beside this screen; false when the browser let no window open. */
export function openElsewhere(): boolean {
  const opened = window.open('/api/v1/session/oidc?anew=1', NAME, 'popup,width=520,height=720');
  opened?.focus();
  return opened !== null;
}

export function tellConfirmed(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage('confirmed');
  channel.close();
}

/** Call the answer to hear no more of it. */
export function whenConfirmed(listener: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = listener;
  return () => channel.close();
}
