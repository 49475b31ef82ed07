(async()=>{
 const b=new Blob(['héllo',new Uint8Array([1,2]),new Blob(['x'])],{type:'Text/Plain'});
 console.log(b, b.size,b.type, await b.text(), await b.arrayBuffer(), await b.slice(1,3).text());
 for await (const c of b.stream()) console.log(c);
 const {File,resolveObjectURL}=require('buffer'); const f=new File([b],'n.txt',{lastModified:5}); console.log(f.name,f.lastModified,f.size, f instanceof Blob);
 const u=URL.createObjectURL(b); console.log(u.startsWith('blob:nodedata:'), await resolveObjectURL(u).text()); URL.revokeObjectURL(u); console.log(resolveObjectURL(u));
 const fs=require('fs'); fs.writeFileSync('a.txt','file'); console.log(await (await fs.openAsBlob('a.txt')).text());
 const fd=new FormData(); fd.append('a','1'); fd.append('f',b,'f.bin'); console.log([...fd.keys()]); const r=new Response(fd); console.log((await r.text()).split('\r\n').length);
 console.log(await structuredClone(b).text(), new Blob(['a\r\nb'],{endings:'native'}).size); const {buffer}=require('stream/consumers'); console.log(await buffer(b.stream()));
})();
