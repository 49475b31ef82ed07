const fs=require('fs'),cp=require('child_process'); const seen=[];
fs.mkdirSync('w'); fs.writeFileSync('w/f','1');
const w=fs.watch('w',(e,n)=>seen.push(e+' '+n)); const wf=fs.watch('w/f',(e,n)=>seen.push('file '+e+' '+n));
setTimeout(()=>{fs.writeFileSync('w/new','x')},100); setTimeout(()=>fs.appendFileSync('w/f','2'),300); setTimeout(()=>cp.execSync('node -e "require(\'fs\').writeFileSync(\'w/child\',\'c\')"'),500); setTimeout(()=>fs.renameSync('w/new','w/ren'),1200); setTimeout(()=>fs.unlinkSync('w/ren'),1400);
setTimeout(()=>{w.close();wf.close();console.log([...new Set(seen)]);console.log(seen.length>5)},1800);
fs.watchFile('w/f',{interval:50},(c,p)=>{console.log('wf',c.size,p.size);fs.unwatchFile('w/f')});
try{fs.watch('nope')}catch(e){console.log(e.message,e.code,e.filename)}
(async()=>{const ac=new AbortController(); setTimeout(()=>ac.abort(),250); try{for await (const e of fs.promises.watch('w',{signal:ac.signal})) console.log('p',e.eventType,e.filename)}catch(e){console.log(e.name)}})();
