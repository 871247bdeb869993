declare global {
  interface Window {
    /** Milliseconds from the start of the page to the frame after the one in which so many are in sight. */
    paintedAt: (selector: string, count: number) => Promise<number>;
    /** Milliseconds from the next event of this kind to the frame after the one in which something is there. */
    paintedAfter: (event: string, selector: string) => Promise<number>;
    /** Counts from now on: the milliseconds between frames, and how often anything was scrolled. */
    countFrames: () => void;
    framesCounted: () => { gaps: number[]; scrolls: number };
  }
}

/** Runs in the page before everything else. */
export function watchPaint(): void {
  const afterPaint = (done: (at: number) => void) =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
  const isSeen = (element: Element) => {
    const { top, left, width } = element.getBoundingClientRect();
    return width > 0 && top < innerHeight && left < innerWidth;
  };
  const whenThere = (selector: string, count: number, then: () => void) => {
    const look = () => {
      const seen = [...document.querySelectorAll(selector)].filter(isSeen).length;
      if (seen >= count) then();
      else requestAnimationFrame(look);
    };
    look();
  };
  window.paintedAt = (selector, count) => new Promise((done) => whenThere(selector, count, () => afterPaint(done)));
  window.paintedAfter = (event, selector) =>
    new Promise((done) => {
      const began = ({ timeStamp }: Event) => whenThere(selector, 1, () => afterPaint((at) => done(at - timeStamp)));
      addEventListener(event, began, { capture: true, once: true });
    });
  const gaps: number[] = [];
  let scrolls = 0;
  let isCounting = false;
  let before = 0;
  const next = (at: number) => {
    gaps.push(at - before);
    before = at;
    if (isCounting) requestAnimationFrame(next);
  };
  addEventListener('scroll', () => (scrolls += 1), { capture: true });
  window.countFrames = () => {
    gaps.length = 0;
    [scrolls, isCounting, before] = [0, true, performance.now()];
    requestAnimationFrame(next);
  };
  window.framesCounted = () => {
    isCounting = false;
    return { gaps, scrolls };
  };
}
