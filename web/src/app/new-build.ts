const remembered = 'signalbox.reloaded';
const patienceMs = 10_000;

/** A tab that was open while the server got a new build asks for parts that are gone: it starts anew, once. */
export function reloadOnNewBuild() {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(remembered));
    if (Date.now() - last < patienceMs) return;
    event.preventDefault();
    sessionStorage.setItem(remembered, String(Date.now()));
    location.reload();
  });
}
