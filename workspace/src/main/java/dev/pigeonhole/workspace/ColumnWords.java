package dev.pigeonhole.workspace;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Knows what people call their columns, in a dozen languages. Immutable, thread-safe. */
final class ColumnWords {
    /** What a name says of a column. */
    enum Sense {
        TEXT,
        ID,
        TRUTH,
        /** A date, a name, a price, …: none of the above. */
        OTHER,
        UNKNOWN
    }

    private static final int LONGEST_NAME = 200;
    /** A shorter word may be the end of an unrelated one. */
    private static final int SHORTEST_ENDING = 5;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile(
            "[^\\p{L}\\p{M}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})");
    private static final Pattern DENSE = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]+");

    private static final String TEXT = """
            text message msg body description desc comment comments review reviews content question ticket feedback utterance
            sentence summary subject title headline note notes remark remarks issue problem complaint query inquiry enquiry request
            details transcript conversation answer response verbatim statement abstract tweet post memo narrative
            betreff nachricht beschreibung kommentar bemerkung anfrage frage inhalt freitext anliegen ruckmeldung antwort
            mitteilung beschwerde verwendungszweck buchungstext meldung titel
            objet commentaire contenu avis texte remarque sujet libelle reclamation titre
            asunto mensaje descripcion comentario comentarios texto pregunta contenido resena opinion consulta motivo concepto
            oggetto messaggio descrizione commento testo domanda recensione causale
            assunto mensagem descricao pergunta conteudo avaliacao
            onderwerp bericht omschrijving opmerking tekst vraag klacht
            temat wiadomosc opis tresc komentarz pytanie
            konu mesaj aciklama yorum metin soru
            predmet zprava popis text
            тема сообщение описание комментарии комментарий текст вопрос отзыв обращение
            件名 本文 内容 説明 コメント メッセージ 質問 備考 感想 レビュー
            标题 正文 描述 评论 备注 问题 留言 標題 評論 問題
            제목 내용 본문 설명 댓글 리뷰 질문 메시지
            النص الرسالة الموضوع الوصف التعليق""";
    private static final String ID = """
            id ids key number no nr num uuid guid identifier reference ref index row
            nummer kennung aktenzeichen kennzeichen referenz schlussel
            numero identifiant identificador identificativo folio clave codigo
            numer номер 番号 编号 編號 번호 رقم""";
    private static final String TRUTH = """
            category categories label labels class team queue intent topic tag truth gold target type department sentiment
            classification subcategory
            kategorie thema abteilung warteschlange klasse zuordnung
            categorie etiquette classe service etiqueta categoria departamento equipo tema clase
            reparto categorie afdeling kategoria dzial kategori etiket sinif kategorija
            категория метка класс отдел カテゴリ カテゴリー 分類 ラベル 部署 分类 类别 标签 類別 標籤 카테고리 분류 라벨 부서 الفئة""";
    private static final String OTHER = """
            date time timestamp created updated modified closed opened year month day at on
            url link website email mail phone tel fax name firstname lastname surname customer client user username author agent owner
            assignee sender recipient from to company price amount total cost currency quantity qty score rating stars count length
            status state priority severity language lang locale country city zip postcode address street region source channel
            version device browser os ip lat lon latitude longitude file path gender age birthday sku product
            datum uhrzeit zeit erstellt geandert kunde vorname nachname firma preis betrag summe menge sprache land stadt ort plz
            strasse adresse prioritat quelle kanal telefon bearbeiter absender empfanger
            heure nom prenom client montant prix langue pays ville statut priorite
            fecha hora nombre apellido cliente importe precio idioma pais ciudad estado prioridad correo
            data ora nome cognome importo prezzo lingua paese citta stato telefono
            hora valor preco lingua cidade
            naam klant bedrag prijs taal datum
            дата время имя клиент сумма цена язык статус
            日付 日時 時刻 氏名 名前 顧客 金額 価格 状態 优先级 日期 时间 姓名 客户 价格 状态
            날짜 시간 이름 고객 금액 상태""";

    private final Map<String, Sense> senses = new HashMap<>();

    ColumnWords() {
        learn(OTHER, Sense.OTHER);
        learn(ID, Sense.ID);
        learn(TRUTH, Sense.TRUTH);
        learn(TEXT, Sense.TEXT);
    }

    /** What the last known word of a name says: a {@code message_id} is an id, and a {@code ticket_text} is a text. */
    Sense sense(String name) {
        Sense sense = Sense.UNKNOWN;
        for (String word : words(name)) {
            Sense found = ofWord(word);
            boolean nameOfLabel = sense == Sense.TRUTH && word.equals("name");
            sense = found == Sense.UNKNOWN || nameOfLabel ? sense : found;
        }
        return sense;
    }

    private Sense ofWord(String word) {
        Sense whole = senses.get(word);
        if (whole != null) {
            return whole;
        }
        for (int from = 1; from < word.length(); from++) {
            String ending = word.substring(from);
            boolean telling = ending.length() >= SHORTEST_ENDING
                    || (ending.length() > 1 && DENSE.matcher(ending).matches());
            Sense found = telling ? senses.get(ending) : null;
            if (found != null) {
                return found;
            }
        }
        return Sense.UNKNOWN;
    }

    private void learn(String words, Sense sense) {
        words(words.replace('\n', ' ')).forEach(word -> senses.put(word, sense));
    }

    private static List<String> words(String text) {
        String start = text.length() > LONGEST_NAME && text.indexOf(' ') < 0 ? text.substring(0, LONGEST_NAME) : text;
        return Arrays.stream(BETWEEN_WORDS.split(start))
                .map(ColumnWords::plain)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Without case, width and accents. */
    private static String plain(String word) {
        String apart = Normalizer.normalize(word.replace("ß", "ss"), Normalizer.Form.NFKD);
        return Normalizer.normalize(MARKS.matcher(apart).replaceAll(""), Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT);
    }
}
