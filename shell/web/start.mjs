// Starts the app: the compiled program's factory, with the page's canvas.
import createApp from './%JS%';

await createApp({ canvas: document.getElementById('canvas') });
