// Minor units of currencies by ISO 4217 (active codes; testing and metal codes left out).
#include "core/base/currency.h"

#include "core/base/decimal.h"
#include "core/base/text.h"

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

std::string_view find_code(std::string_view codes, std::string_view code) {
    for (std::size_t place = 0; place + 3 <= codes.size(); place += 4)
        if (codes.substr(place, 3) == code) return codes.substr(place, 3);
    return {};
}

bool holds(std::string_view codes, std::string_view code) { return !find_code(codes, code).empty(); }

int find_scale(std::string_view code) {
    if (code.size() != 3) return -1;
    if (holds(two_decimals, code)) return 2;
    if (holds(no_decimals, code)) return 0;
    if (holds(three_decimals, code)) return 3;
    if (holds(four_decimals, code)) return 4;
    return -1;
}

// What people write for a currency, and which ones they may mean.
struct Sign { std::string_view sign, codes; };
constexpr std::string_view kronor = "SEK NOK DKK ISK", rupees = "INR PKR LKR NPR MUR SCR", roubles = "RUB BYN", yens = "CNY JPY";
constexpr Sign signs[] = {
    {"$", "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CVE CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD"},
    {"US$", "USD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"HK$", "HKD"}, {"NT$", "TWD"}, {"S$", "SGD"}, {"NZ$", "NZD"}, {"R$", "BRL"},
    {"€", "EUR"}, {"£", "GBP EGP FKP GIP LBP SHP SDG SSP SYP"}, {"¥", yens}, {"￥", yens}, {"円", "JPY"}, {"元", "CNY TWD HKD MOP"}, {"RMB", "CNY"},
    {"₹", "INR"}, {"Rs", rupees}, {"Rs.", rupees}, {"₩", "KRW KPW"}, {"₽", "RUB"}, {"руб", roubles}, {"руб.", roubles}, {"₺", "TRY"},
    {"₪", "ILS"}, {"₫", "VND"}, {"฿", "THB"}, {"kr", kronor}, {"kr.", kronor}, {"zł", "PLN"}, {"Kč", "CZK"}, {"Fr.", "CHF"}};

}  // namespace

std::uint8_t currency_scale(std::string_view iso_code) {
    const int scale = find_scale(iso_code);
    return scale < 0 ? std::uint8_t{2} : static_cast<std::uint8_t>(scale);
}

bool is_known_currency(std::string_view iso_code) { return find_scale(iso_code) >= 0; }

bool can_mean_currency(std::string_view sign, std::string_view iso_code) {
    if (sign == iso_code) return true;
    if (is_known_currency(sign)) return false;
    for (const Sign& one : signs)
        if (one.sign == sign) return holds(one.codes, iso_code);
    return true;  // a sign that says little
}

std::string_view find_currency_sign(std::string_view text) {
    std::string_view longest;
    for (const Sign& one : signs) {
        const std::size_t size = one.sign.size();
        if (size <= longest.size() || size > text.size()) continue;
        if (equals_ignoring_ascii_case(text.substr(0, size), one.sign) || equals_ignoring_ascii_case(text.substr(text.size() - size), one.sign)) longest = one.sign;
    }
    for (const std::string_view codes : {two_decimals, no_decimals, three_decimals, four_decimals}) {
        if (!longest.empty() || text.size() <= 3) break;
        longest = find_code(codes, text.substr(0, 3));
        if (longest.empty()) longest = find_code(codes, text.substr(text.size() - 3));
    }
    return longest;
}

}  // namespace outpost
