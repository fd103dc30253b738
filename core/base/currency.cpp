// Minor units of currencies by ISO 4217 (active codes; testing and metal codes left out).
#include "core/base/decimal.h"

namespace outpost {

namespace {

// Codes in alphabetical order, one blank between them.
constexpr std::string_view two_decimals =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW "
    "CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF "
    "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV "
    "MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD "
    "SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL";
constexpr std::string_view no_decimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view three_decimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view four_decimals = "CLF UYW";

bool holds(std::string_view codes, std::string_view code) {
    for (std::size_t place = 0; place + 3 <= codes.size(); place += 4)
        if (codes.substr(place, 3) == code) return true;
    return false;
}

int find_scale(std::string_view code) {
    if (code.size() != 3) return -1;
    if (holds(two_decimals, code)) return 2;
    if (holds(no_decimals, code)) return 0;
    if (holds(three_decimals, code)) return 3;
    if (holds(four_decimals, code)) return 4;
    return -1;
}

}  // namespace

std::uint8_t currency_scale(std::string_view iso_code) {
    const int scale = find_scale(iso_code);
    return scale < 0 ? std::uint8_t{2} : static_cast<std::uint8_t>(scale);
}

bool is_known_currency(std::string_view iso_code) { return find_scale(iso_code) >= 0; }

bool can_mean_currency(std::string_view sign, std::string_view iso_code) {
    if (sign == iso_code) return true;
    if (is_known_currency(sign)) return false;
    struct Sign { std::string_view sign, codes; };
    constexpr Sign signs[] = {{"$", "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CVE CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD"},
                              {"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP EGP FKP GIP LBP SHP SDG SSP SYP"}, {"\xC2\xA5", "CNY JPY"}, {"\xEF\xBF\xA5", "CNY JPY"},
                              {"\xE2\x82\xB9", "INR"}, {"\xE2\x82\xA9", "KRW KPW"}};
    for (const Sign& one : signs)
        if (one.sign == sign) return holds(one.codes, iso_code);
    return true;  // a sign that says little
}

}  // namespace outpost
