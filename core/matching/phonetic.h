// A code of how a name sounds, in the manner of Lawrence Philips' Metaphone, with rules of our own that are loose where
// names are spelt in several languages: Smith, Smyth and Schmidt's T; Meyer, Maier and Meier; Katherine and Catherine.
// Invariant: two spellings of one name mostly give one code; equal codes alone never make a duplicate.
// Called by: core/matching.
#pragma once

#include <string>
#include <string_view>

namespace outpost {

// `folded` by FoldMode::Search. Consonants by sound (voiced as unvoiced, TH as T, PH and V as F, soft C as S), vowels
// only at the beginning, each as A; no two equal codes in a row. Letters beyond a-z stay as they are.
std::string phonetic_key(std::string_view folded);

}  // namespace outpost
