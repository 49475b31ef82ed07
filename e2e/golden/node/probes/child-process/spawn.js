// files: child.js
const cp=require('child_process'), fs=require('fs');
const show=(l,r)=>console.log(l, {status:r.status,signal:r.signal,stdout:r.stdout&&r.stdout.toString(),stderr:r.stderr&&r.stderr.toString(),error:r.error&&{...r.error,message:r.error.message}, output:r.output&&r.output.length});
show('echo',cp.spawnSync('echo',['hi']));
show('node',cp.spawnSync(process.execPath,['child.js','exit']));
show('sig',cp.spawnSync('node',['child.js','sig']));
show('cat',cp.spawnSync('cat',{input:'hello'}));
show('enoent',cp.spawnSync('nope',['x']));
show('timeout',cp.spawnSync('node',['child.js','silent'],{timeout:400}));
show('maxBuffer',cp.spawnSync('node',['-e','process.stdout.write("x".repeat(500))'],{maxBuffer:100}));
show('cwd',cp.spawnSync('node',['child.js'],{cwd:'/nope'}));
try { cp.execSync('node child.js exit',{stdio:'pipe'}); } catch(e) { console.log(e.message, e.status, e.signal, String(e.stdout), String(e.stderr)); }
console.log(cp.execSync('node child.js | wc -l', {encoding:'utf8', stdio:['pipe','pipe','ignore']}).trim());
try { cp.execFileSync('nope'); } catch(e) { console.log(e.message, e.code, e.errno, e.syscall, e.path, e.spawnargs); }
cp.execSync('node child.js', {stdio:'inherit'});
const fd=fs.openSync('log.txt','w'); cp.spawnSync('node',['child.js'],{stdio:['ignore',fd,fd]}); fs.closeSync(fd); console.log(fs.readFileSync('log.txt','utf8').split('\n').sort());
const steps=[];
(async()=>{
  const run=(f,a,o)=>new Promise(r=>{ const c=cp.spawn(f,a,o); let out='',err=''; const ev=[]; c.stdout&&c.stdout.on('data',d=>out+=d); c.stderr&&c.stderr.on('data',d=>err+=d); c.on('error',e=>{ev.push('error '+e.message+' '+e.code); if(e.code) r({ev})}); c.on('spawn',()=>ev.push('spawn')); c.on('exit',(n,s)=>ev.push('exit '+n+' '+s)); c.on('close',(n,s)=>{ev.push('close '+n+' '+s); r({out,err,ev,pid:typeof c.pid})}); if(o&&o.after) o.after(c); });
  console.log(await run('node',['child.js']));
  console.log(await run('node',['child.js','exit']));
  console.log(await run('node',['child.js','wait'],{after:c=>c.stdout.once('data',()=>c.kill())}));
  console.log(await run('node',['child.js','wait'],{after:c=>c.stdout.once('data',()=>console.log(c.kill('SIGKILL'), c.killed))}));
  console.log(await run('nope',[]));
  console.log(await run('cat',[],{after:c=>{c.stdin.write('a'); c.stdin.end('b')}}));
  console.log(await run('bash',[],{after:c=>c.stdin.end('echo from a script\n')}));
  console.log(await run('tr a-z A-Z',[],{shell:true,after:c=>c.stdin.end('upper')}));
  console.log(await run('ls',['child.js'],{}));
  console.log(await run('node -e "process.stdin.pipe(process.stdout)"',[],{shell:true,after:c=>{c.stdin.write('x'); c.stdin.end('y')}}));
  console.log(await run('echo $FOO && exit 4',[],{shell:true,env:{...process.env,FOO:'bar'}}));
  const ac=new AbortController();
  console.log(await run('node',['child.js','wait'],{signal:ac.signal,after:c=>c.stdout.once('data',()=>ac.abort())}));
  cp.exec('node child.js exit',(e,so,se)=>{ console.log(e.message,e.code,e.killed,e.signal,e.cmd,JSON.stringify(so),JSON.stringify(se));
   cp.execFile('node',['-p','1+1'],(e,so)=>{console.log(e,so);
    cp.exec('node child.js silent',{timeout:600},(e,so,se)=>{console.log(e.killed,e.signal,e.code,so);
     console.log(process.kill.length); try{process.kill(999999,0)}catch(e){console.log(e.message,e.code)}
   })})});
})();
