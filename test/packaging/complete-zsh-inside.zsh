# What the zsh inside of complete-zsh.zsh does: tells of each candidate that is about to be offered, then ends.
PS1= PS2= PROMPT_EOL_MARK=
unsetopt zle_bracketed_paste
autoload -Uz compinit
compinit -u -D
source $SCRIPT
compadd() {
  # With these it only sorts out words for a later call.
  if (( ${@[(I)-[OAD]*]} )) { builtin compadd "$@"; return $? }
  local -a hits
  local hit
  builtin compadd -O hits "$@"
  for hit in $hits; print -r -- "HIT:$hit"
  builtin compadd "$@"
}
finish() { zle complete-word; print -r -- DONE; exit }
zle -N finish
bindkey '^I' finish
print READY
