// Starts the program that boot.js has begun to compile.
import createOutpost from './%JS%';

const boot = globalThis.outpostBoot;
try {
  const module = await boot.module;
  await createOutpost({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
      return {};
    },
    onAbort: () => boot.fail(boot.texts.noStart),
  });
} catch (error) {
  console.error(error);
  boot.fail(boot.texts.noStart);
}
