/**
 * OpenSSL's ciphers as Node 20 lists them: name, number, mode, bytes of key, initialization vector and block (a dash
 * where there is none), then the names in `crypto.getCiphers()`. Read off `crypto.getCipherInfo`.
 */
export const cipherTable = `
aes-128-cbc 419 cbc 16 16 16 aes-128-cbc aes128
aes-128-cbc-hmac-sha1 916 cbc 16 16 16 aes-128-cbc-hmac-sha1
aes-128-cbc-hmac-sha256 948 cbc 16 16 16 aes-128-cbc-hmac-sha256
aes-128-cfb 421 cfb 16 16 1 aes-128-cfb
aes-128-cfb1 650 cfb 16 16 1 aes-128-cfb1
aes-128-cfb8 653 cfb 16 16 1 aes-128-cfb8
aes-128-ctr 904 ctr 16 16 1 aes-128-ctr
aes-128-ecb 418 ecb 16 - 16 aes-128-ecb
aes-128-ocb 958 ocb 16 12 16 aes-128-ocb
aes-128-ofb 420 ofb 16 16 1 aes-128-ofb
aes-128-xts 913 xts 32 16 1 aes-128-xts
aes-192-cbc 423 cbc 24 16 16 aes-192-cbc aes192
aes-192-cfb 425 cfb 24 16 1 aes-192-cfb
aes-192-cfb1 651 cfb 24 16 1 aes-192-cfb1
aes-192-cfb8 654 cfb 24 16 1 aes-192-cfb8
aes-192-ctr 905 ctr 24 16 1 aes-192-ctr
aes-192-ecb 422 ecb 24 - 16 aes-192-ecb
aes-192-ocb 959 ocb 24 12 16 aes-192-ocb
aes-192-ofb 424 ofb 24 16 1 aes-192-ofb
aes-256-cbc 427 cbc 32 16 16 aes-256-cbc aes256
aes-256-cbc-hmac-sha1 918 cbc 32 16 16 aes-256-cbc-hmac-sha1
aes-256-cbc-hmac-sha256 950 cbc 32 16 16 aes-256-cbc-hmac-sha256
aes-256-cfb 429 cfb 32 16 1 aes-256-cfb
aes-256-cfb1 652 cfb 32 16 1 aes-256-cfb1
aes-256-cfb8 655 cfb 32 16 1 aes-256-cfb8
aes-256-ctr 906 ctr 32 16 1 aes-256-ctr
aes-256-ecb 426 ecb 32 - 16 aes-256-ecb
aes-256-ocb 960 ocb 32 12 16 aes-256-ocb
aes-256-ofb 428 ofb 32 16 1 aes-256-ofb
aes-256-xts 914 xts 64 16 1 aes-256-xts
aria-128-cbc 1066 cbc 16 16 16 aria-128-cbc aria128
aria-128-ccm 1120 ccm 16 12 1 aria-128-ccm
aria-128-cfb 1067 cfb 16 16 1 aria-128-cfb
aria-128-cfb1 1080 cfb 16 16 1 aria-128-cfb1
aria-128-cfb8 1083 cfb 16 16 1 aria-128-cfb8
aria-128-ctr 1069 ctr 16 16 1 aria-128-ctr
aria-128-ecb 1065 ecb 16 - 16 aria-128-ecb
aria-128-gcm 1123 gcm 16 12 1 aria-128-gcm
aria-128-ofb 1068 ofb 16 16 1 aria-128-ofb
aria-192-cbc 1071 cbc 24 16 16 aria-192-cbc aria192
aria-192-ccm 1121 ccm 24 12 1 aria-192-ccm
aria-192-cfb 1072 cfb 24 16 1 aria-192-cfb
aria-192-cfb1 1081 cfb 24 16 1 aria-192-cfb1
aria-192-cfb8 1084 cfb 24 16 1 aria-192-cfb8
aria-192-ctr 1074 ctr 24 16 1 aria-192-ctr
aria-192-ecb 1070 ecb 24 - 16 aria-192-ecb
aria-192-gcm 1124 gcm 24 12 1 aria-192-gcm
aria-192-ofb 1073 ofb 24 16 1 aria-192-ofb
aria-256-cbc 1076 cbc 32 16 16 aria-256-cbc aria256
aria-256-ccm 1122 ccm 32 12 1 aria-256-ccm
aria-256-cfb 1077 cfb 32 16 1 aria-256-cfb
aria-256-cfb1 1082 cfb 32 16 1 aria-256-cfb1
aria-256-cfb8 1085 cfb 32 16 1 aria-256-cfb8
aria-256-ctr 1079 ctr 32 16 1 aria-256-ctr
aria-256-ecb 1075 ecb 32 - 16 aria-256-ecb
aria-256-gcm 1125 gcm 32 12 1 aria-256-gcm
aria-256-ofb 1078 ofb 32 16 1 aria-256-ofb
camellia-128-cbc 751 cbc 16 16 16 camellia-128-cbc camellia128
camellia-128-cfb 757 cfb 16 16 1 camellia-128-cfb
camellia-128-cfb1 760 cfb 16 16 1 camellia-128-cfb1
camellia-128-cfb8 763 cfb 16 16 1 camellia-128-cfb8
camellia-128-ctr 963 ctr 16 16 1 camellia-128-ctr
camellia-128-ecb 754 ecb 16 - 16 camellia-128-ecb
camellia-128-ofb 766 ofb 16 16 1 camellia-128-ofb
camellia-192-cbc 752 cbc 24 16 16 camellia-192-cbc camellia192
camellia-192-cfb 758 cfb 24 16 1 camellia-192-cfb
camellia-192-cfb1 761 cfb 24 16 1 camellia-192-cfb1
camellia-192-cfb8 764 cfb 24 16 1 camellia-192-cfb8
camellia-192-ctr 967 ctr 24 16 1 camellia-192-ctr
camellia-192-ecb 755 ecb 24 - 16 camellia-192-ecb
camellia-192-ofb 767 ofb 24 16 1 camellia-192-ofb
camellia-256-cbc 753 cbc 32 16 16 camellia-256-cbc camellia256
camellia-256-cfb 759 cfb 32 16 1 camellia-256-cfb
camellia-256-cfb1 762 cfb 32 16 1 camellia-256-cfb1
camellia-256-cfb8 765 cfb 32 16 1 camellia-256-cfb8
camellia-256-ctr 971 ctr 32 16 1 camellia-256-ctr
camellia-256-ecb 756 ecb 32 - 16 camellia-256-ecb
camellia-256-ofb 768 ofb 32 16 1 camellia-256-ofb
chacha20 1019 stream 32 16 - chacha20
chacha20-poly1305 1018 stream 32 12 - chacha20-poly1305
des-ede 32 ecb 16 - 8 des-ede des-ede-ecb
des-ede-cbc 43 cbc 16 8 8 des-ede-cbc
des-ede-cfb 60 cfb 16 8 1 des-ede-cfb
des-ede-ofb 62 ofb 16 8 1 des-ede-ofb
des-ede3 33 ecb 24 - 8 des-ede3 des-ede3-ecb
des-ede3-cbc 44 cbc 24 8 8 des-ede3-cbc des3
des-ede3-cfb 61 cfb 24 8 1 des-ede3-cfb
des-ede3-cfb1 658 cfb 24 8 1 des-ede3-cfb1
des-ede3-cfb8 659 cfb 24 8 1 des-ede3-cfb8
des-ede3-ofb 63 ofb 24 8 1 des-ede3-ofb
id-aes128-ccm 896 ccm 16 12 1 aes-128-ccm id-aes128-CCM
id-aes128-gcm 895 gcm 16 12 1 aes-128-gcm id-aes128-GCM
id-aes128-wrap 788 wrap 16 8 8 aes128-wrap id-aes128-wrap
id-aes128-wrap-pad 897 wrap 16 4 8 id-aes128-wrap-pad
id-aes192-ccm 899 ccm 24 12 1 aes-192-ccm id-aes192-CCM
id-aes192-gcm 898 gcm 24 12 1 aes-192-gcm id-aes192-GCM
id-aes192-wrap 789 wrap 24 8 8 aes192-wrap id-aes192-wrap
id-aes192-wrap-pad 900 wrap 24 4 8 id-aes192-wrap-pad
id-aes256-ccm 902 ccm 32 12 1 aes-256-ccm id-aes256-CCM
id-aes256-gcm 901 gcm 32 12 1 aes-256-gcm id-aes256-GCM
id-aes256-wrap 790 wrap 32 8 8 aes256-wrap id-aes256-wrap
id-aes256-wrap-pad 903 wrap 32 4 8 id-aes256-wrap-pad
id-smime-alg-cms3deswrap 246 wrap 24 - 8 des3-wrap id-smime-alg-CMS3DESwrap
sm4-cbc 1134 cbc 16 16 16 sm4 sm4-cbc
sm4-cfb 1137 cfb 16 16 1 sm4-cfb
sm4-ctr 1139 ctr 16 16 1 sm4-ctr
sm4-ecb 1133 ecb 16 - 16 sm4-ecb
sm4-ofb 1135 ofb 16 16 1 sm4-ofb
`;
