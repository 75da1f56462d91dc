import { language } from './language.ts'

export const et = language({
  kinds: 'amet|inspektsioon|koda|komisjon|büroo|nõukogu|register|teenistus',
  fields:
    'tervise|hariduse|töö|kaubanduse|käsitöö|transpordi|turismi|keskkonna|ehituse|toiduohutuse|sotsiaalkindlustuse|energia|põllumajanduse|kultuuri|tarbijakaitse|õiguse',
  name: '{place} {field}{kind}',
  first: 'Kase|Tamme|Kivi|Uus|Vana|Lõuna|Põhja|Männi|Järve|Mõisa|Rõuge|Võru|Sinu|Lepa',
  last: 'küla|linna|mäe|saare|nõmme|oja|vere|metsa|välja|ranna',
  given: 'Aivar|Eha|Jaan|Kadri|Liis|Märt|Õnne|Piret|Tõnu|Ülle',
  family: 'Kask|Kõiv|Lepik|Mägi|Pärn|Rebane|Saar|Tamm|Vaher|Õunap',
})

export const fi = language({
  kinds: 'virasto|tarkastuslaitos|kamari|lautakunta|toimisto|neuvosto|rekisteri|palvelu',
  fields:
    'terveys|koulutus|työsuojelu|kauppa|käsityö|liikenne|matkailu|ympäristö|rakennus|elintarvike|sosiaaliturva|energia|maatalous|kulttuuri|kuluttaja|oikeus',
  name: '{place} {field}{kind}',
  first: 'Koivu|Tammi|Kivi|Uusi|Vanha|Etelä|Pohjois|Mänty|Järvi|Kuusi|Länsi|Itä|Hopea|Yli',
  last: 'kylä/kylän|niemi/niemen|mäki/mäen|saari/saaren|kangas/kankaan|joki/joen|vaara/vaaran|metsä/metsän|pelto/pellon|ranta/rannan',
  given: 'Aino|Eero|Hanna|Jukka|Kaisa|Matti|Päivi|Sanna|Väinö|Yrjö',
  family: 'Hämäläinen|Järvinen|Korhonen|Laine|Mäkelä|Niemi|Pöysti|Salonen|Virtanen|Ylönen',
})

export const hu = language({
  kinds: 'hivatal|felügyelet|kamara|bizottság|iroda|tanács|nyilvántartás|szolgálat',
  fields:
    'egészségügyi|oktatási|munkaügyi|kereskedelmi|kézműipari|közlekedési|idegenforgalmi|környezetvédelmi|építésügyi|élelmiszer-biztonsági|társadalombiztosítási|energetikai|agrár|kulturális|fogyasztóvédelmi|igazságügyi',
  name: '{place}i {field} {kind}',
  first: 'Nyír|Tölgy|Kő|Új|Ó|Alsó|Felső|Fenyő|Tó|Király|Arany|Ezüst|Homok|Nagy',
  last: 'falu/falu|vár/vár|hegy/hegy|sziget/sziget|halom/halm|patak/patak|város/város|erdő/erde|mező/meze|szeg/szeg',
  given: 'Ágnes|Balázs|Csilla|Dániel|Erzsébet|Gábor|Ildikó|László|Ödön|Zsófia',
  family: 'Balogh|Farkas|Horváth|Kovács|Molnár|Nagy|Szabó|Szűcs|Takács|Tóth',
})

export const lt = language({
  kinds: 'agentūra|inspekcija|rūmai|komisija|biuras|taryba|registras|tarnyba',
  fields:
    'sveikatos|švietimo|darbo|prekybos|amatų|transporto|turizmo|aplinkos|statybos|maisto saugos|socialinio draudimo|energetikos|žemės ūkio|kultūros|vartotojų apsaugos|teisingumo',
  name: '{place} {field} {kind}',
  first: 'Berž|Ąžuol|Akmen|Nauj|Sen|Piet|Šiaur|Puš|Ežer|Karal|Auks|Žal|Liep|Kiškėn',
  last: 'upė/upės|iai/ių|ava/avos|ynė/ynės|ai/ų|ėnai/ėnų|iškis/iškio|ininkai/ininkų|uva/uvos|ikiai/ikių',
  given: 'Aušra|Birutė|Darius|Eglė|Giedrė|Jonas|Kęstutis|Rūta|Šarūnas|Žydrūnas',
  family: 'Balčiūnas|Butkus|Jankauskas|Kazlauskas|Petrauskas|Rimkus|Stankevičius|Urbonas|Žukauskas|Šimkus',
})

export const lv = language({
  kinds: 'aģentūra|inspekcija|kamera|komisija|birojs|padome|reģistrs|dienests',
  fields:
    'veselības|izglītības|darba|tirdzniecības|amatniecības|transporta|tūrisma|vides|būvniecības|pārtikas|sociālās apdrošināšanas|enerģētikas|lauksaimniecības|kultūras|patērētāju aizsardzības|tieslietu',
  name: '{place} {field} {kind}',
  first: 'Bērz|Ozol|Akmen|Jaun|Vec|Dien|Ziemeļ|Priež|Ezer|Ķēniņ|Zelt|Zaļ|Liep|Sudrab',
  last: 'upe/upes|ava/avas|kalns/kalna|muiža/muižas|pils/pils|iņi/iņu|ene/enes|sala/salas|ciems/ciema|mala/malas',
  given: 'Aiga|Andris|Dzintra|Edgars|Ilze|Jānis|Līga|Māris|Sanita|Uģis',
  family: 'Bērziņš|Eglītis|Jansons|Kalniņš|Krūmiņš|Liepiņš|Ozols|Šmits|Vītols|Zariņš',
})

export const el = language({
  kinds: 'υπηρεσία|επιθεώρηση|επιμελητήριο|επιτροπή|γραφείο|συμβούλιο|μητρώο|οργανισμός',
  fields:
    'υγείας|εκπαίδευσης|εργασίας|εμπορίου|βιοτεχνίας|μεταφορών|τουρισμού|περιβάλλοντος|δόμησης|τροφίμων|κοινωνικής ασφάλισης|ενέργειας|γεωργίας|πολιτισμού|προστασίας καταναλωτή|δικαιοσύνης',
  name: '{kind} {field} – {place}',
  first: 'Αγριο|Νεο|Παλαιο|Μεγαλο|Καλο|Πετρο|Ελαιο|Λευκο|Μαυρο|Χρυσο|Ξηρο|Πλατανο|Βραχο|Ανω',
  last: 'χώρι|πόλη|βουνό|λίμνη|κάμπος|πύργος|βρύση|ποταμός|νήσι|κάστρο',
  given: 'Αθηνά|Βασίλης|Γιώργος|Δήμητρα|Ελένη|Ιωάννης|Κατερίνα|Νίκος|Σοφία|Χρήστος',
  family: 'Αντωνίου|Γεωργίου|Δημητρίου|Ιωάννου|Κωνσταντίνου|Νικολάου|Οικονόμου|Παπαδάκης|Σταύρου|Χριστοδούλου',
})

export const ga = language({
  kinds: 'gníomhaireacht|cigireacht|seomra|bord|oifig|comhairle|clár|seirbhís',
  fields:
    'sláinte|oideachais|saothair|trádála|ceardaíochta|iompair|turasóireachta|comhshaoil|tógála|sábháilteachta bia|árachais shóisialta|fuinnimh|talmhaíochta|cultúir|tomhaltóirí|dlí agus cirt',
  name: '{kind} {field} – {place}',
  first: 'Baile |Cill |Dún |Cluain |Gleann |Ráth |Cnoc |Inis |Carraig |Áth |Droim |Lios |Tulach |Béal ',
  last: 'Mór|Dara|Beag|Bán|Dubh|Rua|na hAbhann|na Coille|Íochtarach|Uachtarach',
  given: 'Áine|Ciarán|Deirdre|Éamonn|Gráinne|Máire|Niamh|Pádraig|Séamus|Úna',
  family: 'Ó Briain|Ó Dálaigh|Ó Floinn|Ó Néill|Mac Cárthaigh|Ní Bhroin|Ní Riain|de Búrca|Ó Murchú|Ní Cheallaigh',
})
