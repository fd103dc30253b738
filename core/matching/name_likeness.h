// How alike two names of a person are, 0 to 100. Thresholds are those of Salesforce's standard contact rule: a first name
// from 85, a last name from 90 is the same name, differently written.
// Invariant: symmetric. All texts are folded by FoldMode::Search and trimmed. Called by: core/matching.
#pragma once

#include <string>
#include <string_view>

namespace outpost {

inline constexpr int first_name_threshold = 85, last_name_threshold = 90;

// Exact, initials ("J." and "John"), common variants ("Bob" and "Robert"), sound, Jaro-Winkler.
int first_name_likeness(std::string_view a, std::string_view b);
// Exact, edit distance and sound; one half of a double name.
int last_name_likeness(std::string_view a, std::string_view b);
// Companies by their keys (company_key): 100 the same, 90 but for a slip of the keyboard, 60 one begins the other.
int company_likeness(std::string_view key_a, std::string_view key_b);
// The full form of a common variant ("bob" gives "robert"), else the name itself: what match keys are made of.
std::string_view full_first_name(std::string_view name);
// Winkler's measure over code points, 0 to 1: common letters near each other, a common beginning weighs more.
double jaro_winkler(std::string_view a, std::string_view b);

}  // namespace outpost
