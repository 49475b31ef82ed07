// run: node --unhandled-rejections=sometimes rejections-wrong-mode.js
console.log('never');
