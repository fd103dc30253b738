// Starts the program that boot.js has begun to compile, with the texts that it has begun to fetch.
import createOutpost from './%JS%';

const boot = globalThis.outpostBoot;
if (!boot) document.getElementById('late').className = 'failure';
else try {
  const module = await boot.module;
  boot.messageBytes = new Uint8Array(await boot.messages);
  await createOutpost({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
      return {};
    },
    onAbort: () => boot.fail(boot.texts.noStart),
  });
} catch (error) {
  console.error(error);
  // A browser that can't compile the program won't do so after a reload either.
  const lacks = typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError;
  boot.fail(lacks ? boot.texts.noWasm : boot.texts.noStart);
}
