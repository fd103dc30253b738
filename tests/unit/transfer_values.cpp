#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "core/transfer/value_text.h"

using namespace outpost;

namespace {

std::string number(std::string_view text, char decimal = '.') {
    const auto value = read_number(text, {decimal});
    return value ? to_text_trimmed(*value) : "refused";
}

std::string date(std::string_view text, DateOrder order = DateOrder::DayFirst) {
    const auto day = read_date(text, order);
    return day ? days_to_text(*day) : "refused";
}

std::string instant(std::string_view text, int offset = 0) {
    const auto value = read_instant(text, DateOrder::MonthFirst, offset);
    return value ? instant_to_text(*value) : "refused";
}

}  // namespace

TEST_CASE("numbers: the ways people write them") {
    CHECK(number("1,234.56") == "1234.56");
    CHECK(number("1.234,56", ',') == "1234.56");
    CHECK(number("1 234,56", ',') == "1234.56");
    CHECK(number("1\xC2\xA0""234\xE2\x80\xAF""567,5 €", ',') == "1234567.5");
    CHECK(number("1'234.50") == "1234.5");
    CHECK(number("12,34,567") == "1234567");
    CHECK(number("$1,234,567") == "1234567");
    CHECK(number("-$5.25") == "-5.25");
    CHECK(number("$-5.25") == "-5.25");
    CHECK(number("(1,200)") == "-1200");
    CHECK(number("($1,200.50)") == "-1200.5");
    CHECK(number("1200-") == "-1200");
    CHECK(number("\xE2\x88\x92""7") == "-7");
    CHECK(number("12.5 %") == "12.5");
    CHECK(number("USD 99") == "99");
    CHECK(number("99 EUR") == "99");
    CHECK(number("￥1,000") == "1000");
    CHECK(number("R$ 1.000,50", ',') == "1000.5");
    CHECK(number("500000.0") == "500000");
    CHECK(number("1.5e3") == "1500");
    CHECK(number("  42 ") == "42");
    for (const char* bad : {"", "abc", "1,2,3.4", "12,34", "1.2.3", "1,234.5.6", "$", "-", "()", "1,,000", "1 2", "12a", "1,0000", "(5", "2026-01-01"})
        CHECK_MESSAGE(number(bad) == "refused", bad);
}

TEST_CASE("numbers: a dash in place of cents is no minus") {
    for (const char* whole : {"500.-", "Fr. 500.-", "CHF 500.-", "500,-", "500,- €", "500,--", "500.\xE2\x80\x93", "CHF 500.\xE2\x80\x94"}) {
        CHECK_MESSAGE(number(whole) == "500", whole);
        CHECK_MESSAGE(number(whole, ',') == "500", whole);
        CHECK_MESSAGE(scan_number(whole).hint == (std::string_view(whole).find(',') == std::string_view::npos ? NumberHint::PointDecimal : NumberHint::CommaDecimal), whole);
        CHECK_MESSAGE(scan_number(whole).decimals == 0, whole);
    }
    CHECK(number("€ 1.200,-", ',') == "1200");
    CHECK(number("€ 1.200,-") == "refused");
    CHECK(number("1.200.-", ',') == "1200");
    CHECK(number("1'200.-") == "1200");
    CHECK(number("-500.-") == "-500");
    CHECK(number("CHF -500.-") == "-500");
    CHECK(number("500-") == "-500");
    CHECK(number("500.00-") == "-500");
    CHECK(scan_number("€ 1.200,-").hint == NumberHint::CommaDecimal);
    CHECK(scan_number("1,200.-").hint == NumberHint::PointDecimal);
    for (const char* bad : {".-", ",-", "12.5.-", "500.-.-", "1.2.-", "500..-"}) CHECK_MESSAGE(scan_number(bad).hint == NumberHint::NotNumber, bad);
}

TEST_CASE("numbers: nothing as accounts write it, and what Chinese counts by") {
    for (const char* nothing : {"$ -", "$-", " $ -   ", "€ -", "CHF -", "Rs. -"}) {
        CHECK_MESSAGE(number(nothing) == "0", nothing);
        CHECK_MESSAGE(scan_number(nothing).hint == NumberHint::Neutral, nothing);
    }
    CHECK(scan_number("$ -").currency == "$");
    CHECK(number("1999年") == "1999");
    CHECK(number("1,200人") == "1200");
    CHECK(number("1.2万人") == "12000");
    CHECK(scan_number("约 200 人").hint == NumberHint::NotNumber);
    for (const char* bad : {"-", "- -", "年", "人", "$ - -"}) CHECK_MESSAGE(number(bad) == "refused", bad);
}

TEST_CASE("numbers: a text says what it can about its style") {
    CHECK(scan_number("1,234.56").hint == NumberHint::PointDecimal);
    CHECK(scan_number("1.234,56 €").hint == NumberHint::CommaDecimal);
    CHECK(scan_number("1.234,56 €").currency == "€");
    CHECK(scan_number("1.234.567").hint == NumberHint::CommaDecimal);
    CHECK(scan_number("1,234").hint == NumberHint::AmbiguousComma);
    CHECK(scan_number("1.234").hint == NumberHint::AmbiguousPoint);
    CHECK(scan_number("0.123").hint == NumberHint::PointDecimal);
    CHECK(scan_number("12,5").hint == NumberHint::CommaDecimal);
    CHECK(scan_number("12.50").decimals == 2);
    CHECK(scan_number("1234").hint == NumberHint::Neutral);
    CHECK(scan_number("5%").is_percent);
    CHECK(scan_number("GTX Pro").hint == NumberHint::NotNumber);
    CHECK(scan_number("+1-781-948-6348").hint == NumberHint::NotNumber);
}

TEST_CASE("numbers: currencies by sign, word and code, in front and behind, also in full width") {
    for (const char* text : {"Rs. 1,23,456.00", "Rs 123456", "RMB 123,456", "￥１２３，４５６", "¥123,456円", "123 456 руб.", "123,456 ₽", "123456 zł", "(123,456.00) €", "HK$123,456", "12.3456万円"})
        CHECK_MESSAGE(number(text) == (text[0] == '(' ? "-123456" : "123456"), text);
    CHECK(number("(7.989.269,20) €", ',') == "-7989269.2");
    CHECK(scan_number("¥1,234円").currency == "円");
    CHECK(scan_number("1.234,50 KR").currency == "kr");
    CHECK(scan_number("EUR １２").currency == "EUR");
    for (const char* sign : {"円", "元", "kr", "zł", "₽", "₺", "R$", "A$", "HK$", "C$", "Rs.", "RMB", "руб."}) {
        CHECK_MESSAGE(scan_number(std::string(sign) + "500").currency == sign, sign);
        CHECK_MESSAGE(!can_mean_currency(sign, "USD"), sign);
    }
    CHECK(can_mean_currency("元", "CNY"));
    CHECK(can_mean_currency("kr", "DKK"));
    for (const char* bad : {"kr", "12 hrs", "Rs", "￥", "500 krx"}) CHECK_MESSAGE(number(bad) == "refused", bad);
}

TEST_CASE("numbers and dates: the same without a doubt") {
    CHECK(number_without_doubt("2,500", {','}) == "2,50");
    CHECK(number_without_doubt("Rs. 2.345", {'.'}) == "Rs. 2.3450");
    CHECK(number_without_doubt("-$2,345 ", {'.'}) == "-$2345 ");
    CHECK(number_without_doubt("２，３４５円", {'.'}) == "2345円");
    for (const char* clear : {"2.50", "1,234.5", "1.234.567", "0.125", "1234", "", "abc"}) CHECK_MESSAGE(number_without_doubt(clear, {'.'}).empty(), clear);
    CHECK(date_without_doubt("01/02/2026", DateOrder::DayFirst) == "2026-02-01");
    CHECK(date_without_doubt("1-2-26 9:05 PM", DateOrder::MonthFirst) == "2026-01-02 9:05 PM");
    CHECK(date_without_doubt("01/02/03", DateOrder::YearFirst) == "2001-02-03");
    for (const char* clear : {"13/02/2026", "2026-02-01", "1 Feb 2026", "05/05/2026", "46357", "soon"}) CHECK_MESSAGE(date_without_doubt(clear, DateOrder::DayFirst).empty(), clear);
}

TEST_CASE("dates: forms, orders and serial days") {
    CHECK(date("2017-03-01") == "2017-03-01");
    CHECK(date("2017/3/1") == "2017-03-01");
    CHECK(date("03/04/2017") == "2017-04-03");
    CHECK(date("03/04/2017", DateOrder::MonthFirst) == "2017-03-04");
    CHECK(date("03.04.17") == "2017-04-03");
    CHECK(date("17/03/04", DateOrder::YearFirst) == "2017-03-04");
    CHECK(date("13/02/2017", DateOrder::MonthFirst) == "refused");
    CHECK(date("31/02/2017") == "refused");
    CHECK(date("1 Mar 2017") == "2017-03-01");
    CHECK(date("01-Mar-17") == "2017-03-01");
    CHECK(date("March 1st, 2017") == "2017-03-01");
    CHECK(date("Wed, 1 March 2017") == "2017-03-01");
    CHECK(date("2017年3月1日") == "2017-03-01");
    CHECK(date("45631") == "2024-12-05");
    CHECK(date("2017-03-01T10:00:00.000Z") == "2017-03-01");
    for (const char* bad : {"", "tomorrow", "2017", "12345", "1/2", "2017-3", "20170301", "32 Jan 2017", "1.2.3", "10:00", "Marching 1, 2017"})
        CHECK_MESSAGE(date(bad) == "refused", bad);
    CHECK(date("20240312", DateOrder::YearFirst) == "2024-03-12");
    for (const char* bad : {"20240230", "18991231", "21010101", "2024031", "202403120", "2024 312"}) CHECK_MESSAGE(date(bad, DateOrder::YearFirst) == "refused", bad);
    CHECK(scan_date("3.4.2017").is_dotted);
    CHECK_FALSE(scan_date("3/4/2017").is_dotted);
    CHECK(instant("3/1/2017 9:05 PM") == "2017-03-01T21:05:00.000Z");
    CHECK(instant("3/1/2017 12:05 am", 60) == "2017-02-28T23:05:00.000Z");
    CHECK(instant("2017-03-01T10:00:00+02:00", 60) == "2017-03-01T08:00:00.000Z");
    CHECK(instant("2017-03-01 10:00:00.5") == "2017-03-01T10:00:00.500Z");
    CHECK(instant("45631.5") == "2024-12-05T12:00:00.000Z");
    CHECK(instant("45631.99999999") == "2024-12-06T00:00:00.000Z");
    CHECK(instant("20170301T100000") == "refused");
    CHECK(instant("2017-03-01") == "2017-03-01T00:00:00.000Z");
}

TEST_CASE("values: checkboxes, addresses of the net, unset markers") {
    CHECK(read_checkbox("Yes") == true);
    CHECK(read_checkbox("0") == false);
    CHECK(read_checkbox("是") == true);
    CHECK_FALSE(read_checkbox("maybe"));
    for (const char* word : {"WAHR", "vrai", "Verdadero", "真", "checked", "Sí", "SÍ", "Да", "✓"}) CHECK_MESSAGE(read_checkbox(word) == true, word);
    for (const char* word : {"FALSCH", "faux", "falso", "假", "Unchecked", "Não", "нет", "✗"}) CHECK_MESSAGE(read_checkbox(word) == false, word);
    CHECK(looks_like_email("maria.o'neil+x@example.co.uk"));
    for (const char* bad : {"a@b", "@b.c", "a b@c.d", "a@b@c.d", "a@.c", "a@c."}) CHECK_FALSE(looks_like_email(bad));
    CHECK(looks_like_phone("831.605.2433x72946"));
    CHECK(looks_like_phone("+44 161 555 2001"));
    CHECK(looks_like_phone("(376)694-9481x10051"));
    CHECK_FALSE(looks_like_phone("1234567"));
    CHECK(looks_like_url("https://wallace.com/"));
    CHECK(host_of_url("https://www.acme.com/path") == "acme.com");
    CHECK(is_unset_marker("NULL"));
    CHECK(is_unset_marker("Select"));
    CHECK_FALSE(is_unset_marker("Nullsoft"));
}
