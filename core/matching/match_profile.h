// MatchProfile: what is compared of a lead, contact or account, in its normal form; and the comparison of two of them.
// The rule is Salesforce's standard one for contacts: first and last name alike (also swapped) and e-mail, phone, title
// with company, or street with place the same. Beside it the same personal e-mail alone, and the same name at the same
// company. Company and street are shared by colleagues: there, two of e-mail, phone and title that differ say no.
// Invariant: compare_people and compare_companies are symmetric. Called by: core/matching.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

// Why a record may be the same person or company.
enum class DuplicateReason : std::uint8_t {
    SameEmail, SamePhone, SameName, SimilarFirstName, SimilarLastName, NamesSwapped, SameCompany, SimilarCompany,
    SameEmailDomain, SameTitle, SameAddress, SameWebsite, SimilarName, SameField,
};

// As typed or stored; of an account, `company` is its name.
struct MatchTexts {
    std::string_view first_name, last_name, company, title, email, phone, mobile_phone, website, street, city, postal_code;
};

// The value of a field that an admin's rule compares, in its normal form, by the field's API name.
struct ComparedText {
    std::string field, text;
    bool operator==(const ComparedText&) const = default;
};

struct MatchProfile {
    std::string first, last;      // folded, without punctuation and forms of address
    bool by_characters = false;   // Chinese, Japanese, Korean: `last` is the whole name, `first` is empty
    std::string company, email, domain, site, title, street, city, postal_code;
    std::array<std::string, 2> phones;
    std::vector<ComparedText> compared;   // of the rules' chosen fields; those that are empty are left out

    std::string_view compared_text(std::string_view field) const {
        for (const ComparedText& each : compared)
            if (each.field == field) return each.text;
        return {};
    }
    bool has_phone(std::string_view phone) const { return !phone.empty() && (phones[0] == phone || phones[1] == phone); }
    bool has_phone() const { return !phones[0].empty() || !phones[1].empty(); }
};

struct MatchVerdict {
    int score = 0;                          // 0-100; 0 is no duplicate
    std::vector<DuplicateReason> reasons;   // weightiest first
};

MatchProfile make_match_profile(const MatchTexts& texts);
MatchVerdict compare_people(const MatchProfile& a, const MatchProfile& b);
MatchVerdict compare_companies(const MatchProfile& a, const MatchProfile& b);

// Two records whose comparison can come to anything share one of these (hashes): the e-mail; first initial and sound of
// the last name with e-mail domain, company, street or beginning of the phone, and the same with the names swapped; the
// phone with an initial. Of companies: the name's beginning, its sound, the site, the phone.
void append_person_keys(const MatchProfile& profile, std::vector<std::uint32_t>& keys);
void append_company_keys(const MatchProfile& profile, std::vector<std::uint32_t>& keys);

}  // namespace outpost
