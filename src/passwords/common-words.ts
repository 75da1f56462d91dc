/**
 * What people take for a password when nobody stops them: the words behind the most common passwords, in small letters and
 * without accents. Capitals, digits and signs around a word, and signs for letters, are seen through by the rule.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `
  password passwort passord losenord losen wachtwoord kennwort salasana adgangskode kodeord parole parola haslo heslo
  jelszo contrasena senha palavrapasse motdepasse lozinka geslo slaptazodis parool sifre kodikos pass passwd passw pwd
  passcode passphrase passkey secret geheim hemlig hemligt hemlighet salainen segreto secreto segredo tajne titok
  letmein changeme change changeit changethis newpass newpassword oldpassword mypass mypassword yourpassword
  thepassword nopassword passwordpassword temp temporary tempo temppass guest gast invite visitor user username
  usuario utente admin administrator administrateur administrador verwaltung root superuser sysadmin system sys
  operator manager master default standard start starten startup welcome willkommen valkommen bienvenue bienvenido
  benvenuto welkom velkommen tervetuloa witaj vitajte login logmein logon signin enter access allow open opensesame
  sesame abracadabra test tester testing testtest teste prova prove essai demo sample example exempel beispiel try
  tryagain trustno trustme hello hallo hej hejhej hejsan hola bonjour salut ciao ahoj czesc moi moikka terve tere
  labas sveiki goodbye bye abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcabc aaa aaaa aaaaa aaaaaa aaaaaaaa
  aabbcc abba asd asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdasd asdasdasd asdfasdf asdfjkl asdfqwer zxc zxcv
  zxcvb zxcvbn zxcvbnm zxczxc qwe qwer qwert qwerty qwertyu qwertyui qwertyuio qwertyuiop qweqwe qweasd qweasdzxc
  qwerasdf qwerasdfzxcv qwertz qwertzu qwertzui qwertzuiop azerty azertyui azertyuiop qazwsx qazwsxedc qaz wsx edc
  qazqaz qaswed zaq zaqxsw zaqwsx wsxedc poiuyt poiuytrewq lkjhgf lkjhgfdsa mnbvcxz mnbvcxy yxcvbnm ytrewq trewq
  dvorak keyboard tastatur tangentbord computer computador ordenador rechner dator laptop internet online offline
  website server network netzwerk windows microsoft linux ubuntu debian apple macintosh macbook iphone ipad android
  samsung galaxy nokia motorola huawei xiaomi google gmail googleplex yahoo hotmail outlook facebook twitter instagram
  youtube tiktok snapchat whatsapp telegram linkedin skype zoom teams netflix spotify amazon ebay paypal bitcoin
  crypto oracle cisco intel nvidia dell lenovo toshiba sony playstation xbox nintendo pokemon pikachu mario zelda
  minecraft fortnite roblox warcraft starcraft diablo counterstrike halflife doom quake tetris sims iloveyou iloveu
  iluvu ilove ilovegod ilovejesus iloveme loveme loveyou lovelove love lover lovers lovely loveit forever always
  kisses kiss kissme hug hugs sweet sweetie sweetheart sweety honey darling baby babygirl babyboy babe cutie angel
  angels angelo angelito princess princesa princesse prinzessin prinsessa prince prinz queen king kings konig kung
  reina amor amour amore liebe ichliebedich jetaime tiamo teamo teamomucho tequiero mielove karlek alskling alskar
  rakas laska milosc kocham kochanie szeretlek miluju milujite serce corazon coeur cuore herz hjarta schatz schatzi
  engel chouchou loulou doudou chocolat nounours soleil etoile papillon coucou bonheur marseille famille family
  familie familia famiglia mother mom mommy mama mamma maman mutti mor father dad daddy papa pappa vater far brother
  sister bror syster children kids kinder friend friends freund freunde amigo amigos amis vanner friendship bestfriend
  boyfriend girlfriend wife husband monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
  donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves
  viernes sabado domingo mandag tisdag onsdag torsdag fredag lordag sondag maanantai tiistai keskiviikko torstai
  perjantai lauantai sunnuntai january february march april may june july august september october november december
  januar februar marz mai juni juli oktober dezember januari februari mars maj augusti desember janvier fevrier avril
  juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre
  octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre spring summer
  autumn fall winter fruhling sommer herbst sommar host vinter var printemps ete automne hiver primavera verano otono
  invierno estate autunno inverno kevat kesa syksy talvi lato zima wiosna jesien tavasz nyar osz tel weekend holiday
  holidays vacation ferien semester vacances christmas xmas noel weihnachten jul navidad natale easter ostern birthday
  geburtstag newyear happynewyear halloween red blue green yellow orange purple pink black white brown silver gold
  golden grey gray violet rot blau grun gelb schwarz weiss rouge bleu vert jaune noir blanc rojo azul verde amarillo
  negro blanco rosso nero bianco giallo rod bla gron gul svart vit punainen sininen vihrea keltainen musta valkoinen
  rainbow diamond crystal emerald ruby sapphire pearl dog dogs doggy puppy cat cats kitty kitten kitkat horse horses
  pony tiger tigers lion lions bear bears teddy teddybear wolf wolves wolfpack eagle eagles falcon falcons hawk hawks
  panther panthers shark sharks dolphin dolphins dragon dragons monkey monkeys gorilla elephant giraffe zebra rabbit
  bunny hamster mouse mickey minnie turtle snake cobra viper python spider spiderman butterfly bee bumblebee bird
  birdie parrot penguin chicken chickens duck ducky donald donkey cow piggy frog froggy fish fishing fisher hunter
  hunting hund katze katt hast pferd lowe chien chat cheval perro gato caballo cane gatto kissa koira buster buddy max
  maxwell bella lucky rocky rex shadow smokey tigger garfield snoopy scooby scoobydoo football fotboll fussball futbol
  calcio futebol soccer basketball baseball hockey icehockey handball volleyball tennis golf golfer rugby cricket
  boxing boxer karate judo swimming swimmer runner running skiing ski snowboard skateboard surfer surfing bicycle
  motorcycle yamaha suzuki kawasaki harley ducati ferrari porsche lamborghini bugatti bmw mercedes audi volkswagen
  golfgti opel ford mustang corvette camaro chevrolet chevy dodge jaguar toyota honda nissan mazda subaru volvo saab
  scania skoda seat renault peugeot citroen fiat alfa alfaromeo vespa tesla jeep hummer racing racer formula nascar
  arsenal chelsea liverpool manchester manutd united everton tottenham spurs celtic rangers newcastle leeds westham
  barcelona barca realmadrid madrid atletico sevilla valencia juventus inter intermilan milan acmilan napoli roma
  lazio bayern bayernmunchen dortmund borussia schalke hamburg werder hertha ajax feyenoord psv benfica sporting porto
  galatasaray fenerbahce besiktas olympiakos panathinaikos legia wisla lech aik djurgarden hammarby malmo goteborg
  brann rosenborg brondby messi ronaldo ronaldinho cristiano neymar zidane beckham rooney ibrahimovic zlatan maradona
  pele yankees redsox lakers bulls celtics cowboys packers steelers raiders broncos patriots giants dodgers cubs
  bruins rangersfc star stars starwars startrek jedi yoda luke skywalker vader darthvader anakin hansolo chewbacca
  gandalf frodo bilbo aragorn legolas hobbit mordor lordoftherings harrypotter potter hogwarts hermione voldemort
  dumbledore matrix neo trinity morpheus batman superman superwoman wonderwoman ironman hulk thor loki joker robin
  avengers marvel flash xmen wolverine deadpool terminator rambo rocket jamesbond bond bourne titanic avatar simpsons
  homer bart lisasimpson southpark cartman kenny naruto sasuke sakura goku vegeta dragonball onepiece luffy sailormoon
  hellokitty barbie disney mickeymouse elsa frozen metallica nirvana slipknot linkinpark greenday acdc ironmaiden
  beatles queenband abbaabba rammstein eminem tupac shakira madonna britney rihanna beyonce justinbieber bieber
  onedirection taylorswift blink sublime korn pinkfloyd ledzeppelin guitar guitarra piano drums drummer music musica
  musik musique song rock rocknroll rockstar punk metal heavymetal hiphop techno disco dance dancer jazz blues party
  fiesta fun funny funtime game games gamer gaming player playboy play poker casino winner win champion champ victory
  legend hero heroes killer assassin ninja samurai pirate pirates viking vikings knight knights warrior warriors
  soldier sniper rebel outlaw bandit gangster gangsta thug mafia boss bigboss bigdog badboy badass bitch bastard
  asshole fuck fucker fuckyou fuckoff fuckme motherfucker shit bullshit dick pussy sexy sexsex sex porn naked nude
  hottie hot hotdog horny satan devil demon evil hell heaven god jesus jesuschrist christ christian church bible faith
  hope grace blessed blessing amen allah islam muslim mohammed buddha peace freedom liberty freiheit frihet liberte
  libertad happy happiness smile smiley laugh dream dreams dreamer magic wizard mystery spirit soul sun sunny sunshine
  moon moonlight moonbeam sky earth world planet venus jupiter saturn neptune pluto universe cosmos apollo zeus athena
  hercules phoenix storm thunder lightning rain snow snowball snowman snowflake ice iceman fire firebird fireman flame
  water ocean river lake beach island mountain forest flower flowers rose roses rosa lily lilly tulip daisy jasmine
  jasmin orchid sunflower blume blumen fleur flor fiore tree apples banana bananas cherry strawberry blueberry lemon
  lime peach peaches mango melon pineapple grape coconut tomato potato carrot pepper salt sugar candy chocolate cookie
  cookies cake cupcake icecream pizza pasta spaghetti burger hamburger cheese cheesecake butter bread coffee kaffee
  kaffe tea milk beer bier ol wine vodka whisky whiskey tequila heineken carlsberg guinness corona budweiser cocacola
  coke pepsi sprite redbull marlboro camel bacon sausage pancake peanut nutella europe europa european union eu
  brussels bruxelles brussel london paris berlin munich munchen koln frankfurt wien vienna zurich geneva rome lisboa
  lisbon dublin edinburgh amsterdam rotterdam stockholm uppsala oslo bergen copenhagen kobenhavn helsinki tallinn riga
  vilnius warsaw warszawa krakow prague praha brno bratislava budapest bucharest bucuresti sofia athens istanbul
  ankara moscow moskva newyork chicago boston dallas denver houston miami texas florida california hollywood vegas
  lasvegas america usa canada toronto mexico brasil brazil argentina chile australia sydney japan tokyo china india
  russia england britain scotland ireland wales france deutschland germany osterreich austria schweiz suisse italia
  italy espana spain portugal sverige sweden norge norway danmark denmark suomi finland iceland nederland holland
  belgium belgique polska poland czech cesko slovensko slovakia magyar hungary hungaria romania bulgaria hellas greece
  cyprus malta croatia hrvatska slovenia slovenija eesti estonia latvia latvija lithuania lietuva luxembourg turkiye
  turkey ukraine ukraina james john robert michael mike william david richard joseph thomas charles christopher chris
  daniel matthew matt anthony mark steven steve paul andrew andy joshua kenneth kevin brian george edward ronald
  timothy jason jeffrey ryan jacob jake gary nicholas nick eric jonathan stephen larry justin scott brandon benjamin
  ben samuel sam gregory frank alexander alex patrick jack jackson dennis jerry tyler aaron jose henry adam douglas
  nathan peter zachary kyle walter harold jeremy ethan carl keith roger gerald terry sean arthur austin noah lawrence
  jesse joe bryan billy jordan albert dylan bruce willie gabriel alan juan logan wayne ralph roy eugene randy vincent
  russell louis philip bobby johnny bradley mary patricia jennifer jenny linda elizabeth barbara susan jessica sarah
  karen nancy lisa betty margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie
  rebecca laura sharon cynthia kathleen amy shirley angela helen anna brenda pamela nicole samantha katherine emma
  ruth christine catherine debra rachel carolyn janet virginia maria heather diane julie joyce victoria kelly
  christina joan evelyn lauren judith olivia martha cheryl megan andrea hannah jacqueline ann jean alice kathryn
  gloria teresa sara janice doris madison julia judy abigail marie denise beverly amber theresa marilyn danielle diana
  brittany natalie sophia isabella alexis charlotte zoe chloe lucy molly hans klaus wolfgang jurgen stefan thorsten
  andreas markus sebastian tobias florian lukas jonas leon felix finn luca franz josef karl heinz helmut monika petra
  sabine claudia susanne birgit katrin kathrin nadine anja tanja silke lars erik nils karin ingrid birgitta kristina
  margareta elisabeth eva johan anders per mikael jan olof lennart gustav oskar viktor elias hugo oliver axel emil
  ludvig filip astrid ebba maja alva wilma saga linnea agnes matti mikko jukka timo antti juha kari pekka liisa anne
  paivi tuula jens niels soren mette hanne kirsten ole svein bjorn kjell pierre jeanne nathalie isabelle sylvie
  martine francois philippe michel nicolas camille manon lea julien antoine maxime antonio manuel carlos javier
  francisco miguel pablo alejandro pedro luis jorge carmen dolores pilar isabel lucia marta elena giuseppe giovanni
  luigi francesco marco alessandro lorenzo matteo giulia chiara francesca martina valentina joao ana mariana rita
  tiago pawel piotr krzysztof tomasz marcin michal agnieszka katarzyna malgorzata joanna kasia jakub mateusz bartek
  jiri petr pavel jana hana lenka laszlo istvan zoltan attila andras gabor katalin ion andrei mihai alexandra ioana
  ivan dimitar georgi nikolaos giorgos eleni dimitris kostas smith johnson williams jones miller davis wilson muller
  schmidt schneider fischer weber meyer wagner becker svensson johansson andersson karlsson nilsson eriksson larsson
  olsson persson gustafsson jensen nielsen hansen pedersen olsen larsen korhonen virtanen garcia martinez lopez
  sanchez gonzalez rodriguez fernandez silva santos rossi russo martin bernard dubois moreau laurent nowak kowalski
  novak nagy kovacs toth horvath popescu ivanov papadopoulos teacher student school schule skola college university
  office kontor buro bureau oficina ufficio work arbete arbeit job business company firma secretary doctor nurse
  police polis polizei lawyer engineer chef chief captain kapten general colonel major sergeant army navy marine
  marines airforce military security sicherheit sakerhet securite seguridad ministry minister government regering
  regierung commune kommun gemeinde city stad stadt village country land state money dollar dollars euro euros pound
  million millionaire rich cash bank credit treasure fortune power energy house home hem haus maison casa garden
  kitchen bedroom window door key keys table chair telephone phone mobile television camera photo picture radio cinema
  movie film theater book books library paper pencil letter number numbers nothing something anything everything
  whatever whatsup nobody somebody someone anyone everyone never ever maybe please thanks thankyou danke merci gracias
  grazie tack kiitos takk tak obrigado dziekuje sorry yes no yesno okay cool coolio awesome great super superstar
  fantastic wonderful perfect amazing beautiful pretty handsome nice good better best bad crazy stupid idiot loser
  dummy dumbass silly genius smart clever creative genesis alpha beta gamma delta omega sigma zero one two three four
  five six seven eight nine ten hundred thousand onetwothree einszwei untdeux first second third last bravo charlie
  echo foxtrot hotel juliet kilo lima oscar quebec romeo sierra tango uniform xray yankee zulu imi openimi
  internalmarket inremarknad binnenmarkt commission kommission kommissionen authority myndighet behorde autorite
  autoridad autorita urzad hatosag iestade coordinator samordnare koordinator 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
  1qazxsw2 q1w2e3 q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1xsw2 a1b2c3 a1b2c3d4 a1s2d3f4 1a2b3c 1a2b3c4d qw12er34 12qwaszx
  12qw34er abc123abc a123456b q1q1q1q1 123qwe 123abc 1234qwer 12345qwert qwe123qwe asd123asd pa55word p455w0rd
  1password 2password 123password letme1n we1come trustno1 ncc r2d2c3po thx 4ever 2hot4u luv2u
  `
    .trim()
    .split(/\s+/),
)
