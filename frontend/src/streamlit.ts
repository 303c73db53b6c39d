// Streamlit's component protocol (version 1): messages between this frame and the app's page, and nothing else.

export function listen<A>(render: (args: A) => void): void {
  window.addEventListener("message", (event: MessageEvent) => {
    if (event.source === window.parent && event.data?.type === "streamlit:render") render(event.data.args as A);
  });
  post("streamlit:componentReady", { apiVersion: 1 });
}

export function send(value: object): void {
  // The token makes every message a new value, so that the same button pressed twice is two events.
  post("streamlit:setComponentValue", { value: { ...value, token: `${Date.now()}-${Math.random()}` }, dataType: "json" });
}

export function setHeight(height: number): void {
  post("streamlit:setFrameHeight", { height });
}

/** The height that fills the window under the app's title. */
export function fillWindow(least: number, above: number): number {
  try {
    return Math.max(least, window.parent.innerHeight - above);
  } catch {
    return least;
  }
}

function post(type: string, data: object): void {
  window.parent.postMessage({ isStreamlitMessage: true, type, ...data }, "*");
}
