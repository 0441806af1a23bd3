// Compiles a Kaitai Struct description to Python: node compile.js FILE.ksy DIRECTORY
const fs = require('fs'), path = require('path');
const yaml = require('js-yaml'), compiler = require('kaitai-struct-compiler');
const [ksy, directory] = process.argv.slice(2);
compiler.compile('python', yaml.load(fs.readFileSync(ksy, 'utf8')), null, false).then((files) => {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(directory, name), text);
}).catch((error) => {
  console.error(String((error && error.message) || error));
  process.exit(1);
});
